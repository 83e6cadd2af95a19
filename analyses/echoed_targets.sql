-- Which targets only repeat their description or name?
-- 哪些指标值只是重复指标描述或名称？
-- One row per indicator that fails rule Q06. Ordered by county and project.
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

findings as (
    select * from quality.finding
    where rule_id = 'Q06'
),

echoed as (
    select
        indicators.document_id,
        indicators.fiscal_year,
        indicators.division_code,
        projects.project_no,
        indicators.indicator_no,
        indicators.target_text,
        projects.unit_name,
        projects.project_id
    from findings
    inner join projects on findings.project_id = projects.project_id
    inner join indicators
        on
            findings.project_id = indicators.project_id
            and findings.indicator_no = indicators.indicator_no
)

select * exclude (document_id, fiscal_year) from echoed
order by division_code nulls last, fiscal_year nulls last, document_id, project_no, indicator_no
