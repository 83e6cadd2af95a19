-- Which date targets lie outside the fiscal year?
-- 哪些日期型指标值不在预算年度内？
-- One row per indicator; not judged where the fiscal year is unknown. Ordered by county and project.
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

indicators as (
    select * from marts.fct_indicator_target
    where term = 'annual'
),

outside as (
    select
        indicators.document_id,
        indicators.division_code,
        projects.project_no,
        indicators.indicator_no,
        indicators.target_date,
        indicators.fiscal_year,
        projects.unit_name,
        projects.project_id
    from indicators
    inner join projects on indicators.project_id = projects.project_id
    where extract(year from indicators.target_date) <> indicators.fiscal_year
)

select * exclude (document_id) from outside
order by division_code nulls last, fiscal_year, document_id, project_no, indicator_no
