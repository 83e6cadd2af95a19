-- What was read of each family of forms?
-- 各种表式读到了什么？
-- One row per family of forms in the current documents: its forms, the projects of them that count, their annual
-- targets, and how many projects have a budget in yuan, a plan by month, weights.
with documents as (
    select * from marts.dim_document
    where is_current
),

forms as (
    select * from marts.dim_form
),

projects as (
    select * from marts.dim_project
),

budgets as (
    select * from marts.fct_project_budget
    where budget_cny is not null
),

planned as (
    select distinct project_id from marts.fct_spending_plan
    where is_stated
),

indicators as (
    select
        project_id,
        count(*) as indicator_count,
        count(weight_points) as weight_count
    from marts.fct_indicator_target
    where term = 'annual'
    group by project_id
),

counted_forms as (
    select
        forms.form_family,
        count(distinct forms.document_id) as document_count,
        count(*) as form_count,
        count(*) filter (where forms.is_loaded) as loaded_count
    from forms
    inner join documents on forms.document_id = documents.document_id
    group by forms.form_family
),

counted_projects as (
    select
        projects.form_family,
        count(*) as project_count,
        count(budgets.project_id) as budget_project_count,
        count(planned.project_id) as plan_project_count,
        count(*) filter (where indicators.weight_count > 0) as weight_project_count,
        cast(sum(indicators.indicator_count) as bigint) as indicator_count
    from projects
    left join budgets on projects.project_id = budgets.project_id
    left join planned on projects.project_id = planned.project_id
    left join indicators on projects.project_id = indicators.project_id
    group by projects.form_family
),

covered as (
    select
        counted_forms.form_family,
        counted_forms.document_count,
        counted_forms.form_count,
        counted_forms.loaded_count,
        coalesce(counted_projects.project_count, 0) as project_count,
        coalesce(counted_projects.budget_project_count, 0) as budget_project_count,
        coalesce(counted_projects.plan_project_count, 0) as plan_project_count,
        coalesce(counted_projects.weight_project_count, 0) as weight_project_count,
        coalesce(counted_projects.indicator_count, 0) as indicator_count
    from counted_forms
    left join counted_projects on counted_forms.form_family = counted_projects.form_family
)

select * from covered
order by project_count desc, form_family asc
