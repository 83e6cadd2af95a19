-- Each rule stands once beside each current project: a missing row would pass for a pass, a doubled one count twice.
with

projects as (
    select count(*) as project_count from {{ ref('dim_project') }}
),

results as (
    select
        rule_id,
        count(*) as result_count,
        count(distinct project_id) as project_count
    from {{ ref('result') }}
    group by rule_id
)

select
    rules.rule_id,
    projects.project_count,
    results.result_count
from {{ ref('rule') }} as rules
cross join projects
left join results on rules.rule_id = results.rule_id
where
    coalesce(results.result_count, 0) <> projects.project_count
    or coalesce(results.project_count, 0) <> projects.project_count
