-- How did the same project change from one year to the next?
-- 同一项目各年度的预算和指标有何变化？
-- One row per project and year that has an earlier year in this file (reports.project_by_year); match_basis says by
-- what the two were found to be one: their code, or the unit and the name. The largest change of money first, unknown
-- last.
with projects as (
    select * from reports.project_by_year
    where previous_project_id is not null
),

changes as (
    select
        division_code,
        division_name,
        unit_name,
        previous_fiscal_year,
        fiscal_year,
        project_code,
        previous_project_name,
        project_name,
        match_basis,
        previous_budget_cny,
        budget_cny,
        budget_change_cny,
        budget_change_ratio,
        previous_indicator_count,
        indicator_count,
        source_ref,
        project_id
    from projects
)

select * from changes
order by
    abs(budget_change_cny) desc nulls last,
    division_code asc nulls last,
    fiscal_year asc,
    project_name asc,
    source_ref asc
