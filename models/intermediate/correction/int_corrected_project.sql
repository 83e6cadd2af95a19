{%- set columns = [
    'unit_code', 'unit_name', 'amount_unit_text', 'project_code', 'project_name', 'total_budget_text',
    'fiscal_funds_text', 'other_funds_text', 'purpose_text'
] -%}

with rows_as_printed as (
    select * from {{ source('staging', 'project') }}
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
        printed.heading_text,
        printed.unit_text,
        {{ corrected('unit_code') }},
        {{ corrected('unit_name') }},
        {{ corrected('amount_unit_text') }},
        {{ corrected('project_code') }},
        {{ corrected('project_name') }},
        {{ corrected('total_budget_text') }},
        {{ corrected('fiscal_funds_text') }},
        {{ corrected('other_funds_text') }},
        {{ corrected('purpose_text') }},
        printed.plan_header_text,
        printed.total_budget_source_ref,
        printed.fiscal_funds_source_ref,
        printed.other_funds_source_ref
    from rows_as_printed as printed
    left join corrections_of_rows as corrections
        on
            printed.document_id = corrections.document_id
            and printed.project_no = corrections.project_no
            and corrections.sub_no = 0
)

select * from rows_as_corrected
