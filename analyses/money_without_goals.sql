-- Which projects have no goal, a placeholder goal, or no indicator?
-- 哪些项目没有绩效目标、只有占位目标，或没有绩效指标？
-- One row per project and reason: no_goal and placeholder_goal (目标内容1) fail rule Q02, no_indicator fails Q01. The
-- largest budget first.
with projects as (
    select * from marts.dim_project
),

budgets as (
    select * from marts.fct_project_budget
),

findings as (
    select * from quality.finding
    where rule_id in ('Q01', 'Q02')
),

reasons as (
    select distinct
        projects.project_id,
        projects.division_code,
        projects.project_no,
        projects.project_name,
        case
            when findings.rule_id = 'Q01' then 'no_indicator'
            when projects.goal_text like '%目标内容%' then 'placeholder_goal'
            else 'no_goal'
        end as reason_type,
        budgets.budget_cny
    from findings
    inner join projects on findings.project_id = projects.project_id
    inner join budgets on findings.project_id = budgets.project_id
)

select * exclude (project_id) from reasons
order by budget_cny desc nulls last, project_id asc, reason_type asc
