-- Which projects have no plan, or part of one?
-- 哪些项目没有支出计划，或只填了一部分？
-- One row per project with fewer than four stated points, of forms that have a plan by month; the largest budget first.
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

forms as (
    select * from marts.dim_form
),

budgets as (
    select * from marts.fct_project_budget
),

points as (
    select * from marts.fct_spending_plan
),

counted as (
    select
        project_id,
        count(*) filter (where is_stated) as stated_points
    from points
    group by project_id
),

missing as (
    select
        projects.division_code,
        projects.project_no,
        projects.project_name,
        counted.stated_points,
        budgets.budget_cny,
        projects.unit_name,
        projects.project_id
    from projects
    inner join budgets on projects.project_id = budgets.project_id
    inner join counted on projects.project_id = counted.project_id
    left join forms on projects.form_id = forms.form_id
    where counted.stated_points < 4 and coalesce(forms.has_plan, true)
)

select * from missing
order by budget_cny desc nulls last, project_id asc
