-- Which errors would a finance bureau send back first, by money at stake?
-- 按涉及金额，财政部门会先退回哪些错误？
-- One row per rule and project with a finding of severity error; the largest budget first. Do not add up the budgets:
-- one project may have several.
with projects as (
    select * from marts.dim_project
),

budgets as (
    select * from marts.fct_project_budget
),

errors as (
    select distinct
        rule_id,
        project_id
    from quality.finding
    where severity = 'error'
),

sent_back as (
    select
        projects.project_id,
        errors.rule_id,
        projects.division_code,
        projects.project_no,
        projects.project_name,
        budgets.budget_cny
    from errors
    inner join projects on errors.project_id = projects.project_id
    inner join budgets on errors.project_id = budgets.project_id
)

select * exclude (project_id) from sent_back
order by budget_cny desc nulls last, project_id asc, rule_id asc
