-- What share of indicators is quantified, by level-2 category?
-- 按二级指标分，指标量化情况如何？
-- One row per conformed category that has an indicator; 未识别 where the printed one is not recognised.
with indicators as (
    select * from marts.fct_indicator_target
    where term = 'annual'
),

categories as (
    select * from marts.dim_indicator_category
),

counted as (
    select
        categories.level1_name,
        categories.level2_name,
        count(*) as indicator_count,
        count(*) filter (where indicators.is_quantified) as quantified_count
    from indicators
    inner join categories on indicators.category_id = categories.category_id
    group by categories.level1_name, categories.level2_name
)

select * from counted
order by level1_name, level2_name
