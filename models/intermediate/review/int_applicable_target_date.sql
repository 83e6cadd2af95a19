with indicators as (
    select * from {{ ref('int_quality_indicator') }}
),

applicable as (
    select distinct
        'Q12' as rule_id,
        project_id
    from indicators
    where target_kind = 'date' and fiscal_year is not null
)

select * from applicable
