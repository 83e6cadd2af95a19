-- Targets given as heads ("≥7人", asked of 10): what share do they mean?
-- 以人数或家数表示的指标值（如询问10人中≥7人）相当于多大比例？
-- One row per indicator whose target is a number of 人 or 家 and whose description states how many are asked: a number of
-- the same unit behind a word of asking. implied_ratio: the target over that number. Ordered by county and project.
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

asked as (
    select
        *,
        try_cast(
            regexp_extract(
                replace(description_text, ' ', ''),
                '(?:询问|调查|访问|走访|问卷|抽查|抽样|满意|总人数|总数)[^0-9]*([0-9]+)[)）]?' || target_unit,
                1
            ) as integer
        ) as sample_size
    from indicators
    where target_kind = 'number' and target_unit in ('人', '家')
),

-- DuckDB divides decimals as floating point: whole numbers, one digit more than asked, then rounded
implied as (
    select
        asked.document_id,
        asked.fiscal_year,
        asked.division_code,
        projects.project_no,
        asked.indicator_no,
        asked.target_text,
        asked.sample_size,
        cast(
            round(cast(asked.target_value * 10000000 as hugeint) // asked.sample_size * 0.0000001, 6)
            as decimal(18, 6)
        ) as implied_ratio,
        projects.unit_name,
        projects.project_id
    from asked
    inner join projects on asked.project_id = projects.project_id
    where asked.sample_size > 0
)

select * exclude (document_id, fiscal_year) from implied
order by division_code nulls last, fiscal_year nulls last, document_id, project_no, indicator_no
