{%- set columns = [
    'level1_text', 'level2_text', 'level3_text', 'description_text', 'target_text', 'basis_text'
] -%}

with rows_as_printed as (
    select * from {{ source('staging', 'indicator') }}
),

applied as (
    select * from {{ ref('int_correction') }}
    where status = 'applied'
),

corrections_of_rows as (
    {{ corrections_by_row('applied', columns) }}
),

rows_as_corrected as (
    select
        printed.document_id,
        printed.source_ref,
        printed.project_no,
        printed.indicator_no,
        {{ corrected('level1_text') }},
        {{ corrected('level2_text') }},
        {{ corrected('level3_text') }},
        {{ corrected('description_text') }},
        {{ corrected('target_text') }},
        {{ corrected('basis_text') }},
        printed.level1_source_ref,
        printed.target_source_ref
    from rows_as_printed as printed
    left join corrections_of_rows as corrections
        on
            printed.document_id = corrections.document_id
            and printed.project_no = corrections.project_no
            and printed.indicator_no = corrections.sub_no
)

select * from rows_as_corrected
