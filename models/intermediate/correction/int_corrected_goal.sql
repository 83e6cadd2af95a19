{%- set columns = [
    'goal_text'
] -%}

with rows_as_printed as (
    select * from {{ source('staging', 'goal') }}
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
        printed.goal_no,
        {{ corrected('goal_text') }}
    from rows_as_printed as printed
    left join corrections_of_rows as corrections
        on
            printed.document_id = corrections.document_id
            and printed.project_no = corrections.project_no
            and printed.goal_no = corrections.sub_no
)

select * from rows_as_corrected
