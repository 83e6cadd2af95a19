with projects_with_indicators as (
    select distinct project_id from {{ ref('fct_indicator_target') }}
),

combined as (
    select
        rules.rule_id,
        projects_with_indicators.project_id
    from projects_with_indicators
    cross join (
        values ('Q04'), ('Q05'), ('Q06'), ('Q07'), ('Q08'), ('Q09'), ('Q26'), ('Q27')
    ) as rules (rule_id)
)

select * from combined
