-- A current document without a fiscal year or a division has the finding that says so.
with

unknown as (
    select
        document_id,
        'R01' as rule_id
    from {{ ref('dim_document') }}
    where is_current and fiscal_year is null
    union all
    select
        document_id,
        'R02' as rule_id
    from {{ ref('dim_document') }}
    where is_current and division_id = 'unknown'
)

select
    unknown.document_id,
    unknown.rule_id
from unknown
left join {{ ref('int_review_reading_document') }} as findings
    on
        unknown.document_id = findings.document_id
        and unknown.rule_id = findings.rule_id
        and findings.status = 'fail'
where findings.rule_id is null
