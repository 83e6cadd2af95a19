-- Where is under half of the indicators quantified?
-- 哪些项目量化的指标不到一半？
-- One row per project with at least one indicator and quantified x 2 < count; the largest budget first.
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

indicators as (
    select * from marts.fct_indicator_target
    where term = 'annual'
),

counted as (
    select
        project_id,
        count(*) as indicator_count,
        count(*) filter (where is_quantified) as quantified_count
    from indicators
    group by project_id
),

weak as (
    select
        projects.division_code,
        projects.project_no,
        counted.indicator_count,
        counted.quantified_count,
        budgets.budget_cny,
        projects.unit_name,
        projects.project_id
    from projects
    inner join budgets on projects.project_id = budgets.project_id
    inner join counted on projects.project_id = counted.project_id
    where counted.quantified_count * 2 < counted.indicator_count
)

select * from weak
order by budget_cny desc nulls last, project_id asc
