-- How are the weights of the targets spread over the first levels, by county?
-- 各县绩效指标的权重在一级指标之间如何分布？
-- One row per county, fiscal year and first level of the conformed categories, of annual targets with a weight;
-- weight_ratio: of the points of the county and year. A form without weights counts nowhere.
with divisions as (
    select * from marts.dim_division
),

indicators as (
    select
        indicators.*,
        divisions.division_name
    from marts.fct_indicator_target as indicators
    inner join divisions on indicators.division_id = divisions.division_id
    where indicators.term = 'annual' and indicators.weight_points is not null
),

categories as (
    select * from marts.dim_indicator_category
),

levels as (
    select
        indicators.division_code,
        indicators.division_name,
        indicators.fiscal_year,
        categories.level1_name,
        count(distinct indicators.project_id) as project_count,
        count(*) as indicator_count,
        cast(sum(indicators.weight_points) as decimal(18, 4)) as weight_points
    from indicators
    inner join categories on indicators.category_id = categories.category_id
    group by indicators.division_code, indicators.division_name, indicators.fiscal_year, categories.level1_name
),

totals as (
    select
        *,
        sum(weight_points) over (partition by division_code, fiscal_year) as total_points
    from levels
),

-- DuckDB divides decimals as floating point: whole numbers, one digit more than asked, then rounded
shares as (
    select
        division_code,
        fiscal_year,
        level1_name,
        project_count,
        indicator_count,
        weight_points,
        cast(
            round(
                cast(weight_points * 10000 as hugeint) * 10000000
                // nullif(cast(total_points * 10000 as hugeint), 0) * 0.0000001,
                6
            ) as decimal(18, 6)
        ) as weight_ratio,
        division_name
    from totals
)

select * from shares
order by division_code nulls last, fiscal_year nulls last, level1_name
