-- Where do counties spend on the same theme (street lighting, sewage, safety, investment promotion, environment, …)?
-- 各县在同一主题上（路灯、污水、安全、招商等）花多少钱？
-- One row per theme, county and fiscal year that has a project of it; one theme per project (theme_evidence_text of
-- dim_project says why), 其他 where no word of the list occurs.
with divisions as (
    select * from marts.dim_division
),

projects as (
    select * from marts.dim_project
),

budgets as (
    select * from marts.fct_project_budget
),

summed as (
    select
        projects.theme,
        projects.division_code,
        projects.fiscal_year,
        count(*) as project_count,
        cast(sum(budgets.budget_cny) as decimal(18, 2)) as budget_cny,
        divisions.division_name
    from projects
    inner join divisions on projects.division_id = divisions.division_id
    inner join budgets on projects.project_id = budgets.project_id
    group by projects.theme, projects.division_code, divisions.division_name, projects.fiscal_year
)

select * from summed
order by theme, division_code nulls last, fiscal_year nulls last
