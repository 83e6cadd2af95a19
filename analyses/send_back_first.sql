-- Which errors would a finance bureau send back first, by money at stake?
-- 按涉及金额，财政部门会先退回哪些错误？
-- One row per rule and project with a finding of severity error; the largest budget first. Do not add up the budgets:
-- one project may have several.
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

errors as (
    select distinct
        rule_id,
        project_id
    from quality.finding
    where severity = 'error'
),

sent_back as (
    select
        errors.rule_id,
        projects.division_code,
        projects.project_no,
        projects.project_name,
        budgets.budget_cny,
        projects.unit_name,
        projects.project_id
    from errors
    inner join projects on errors.project_id = projects.project_id
    inner join budgets on errors.project_id = budgets.project_id
)

select * from sent_back
order by budget_cny desc nulls last, project_id asc, rule_id asc
