-- Which projects have no goal, a placeholder goal, or no indicator?
-- 哪些项目没有绩效目标、只有占位目标，或没有绩效指标？
-- One row per project and reason: no_goal and placeholder_goal (目标内容1) fail rule Q02, no_indicator fails Q01. The
-- largest budget first.
with units as (
    select * from marts.dim_unit
),

projects as (
    select
        projects.*,
        units.unit_name
    from marts.dim_project as projects
    left join units on projects.unit_id = units.unit_id
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
        projects.division_code,
        projects.project_no,
        projects.project_name,
        case
            when findings.rule_id = 'Q01' then 'no_indicator'
            when projects.goal_text like '%目标内容%' then 'placeholder_goal'
            else 'no_goal'
        end as reason_type,
        budgets.budget_cny,
        projects.unit_name,
        projects.project_id
    from findings
    inner join projects on findings.project_id = projects.project_id
    inner join budgets on findings.project_id = budgets.project_id
)

select * from reasons
order by budget_cny desc nulls last, project_id asc, reason_type asc
