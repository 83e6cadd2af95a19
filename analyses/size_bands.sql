-- How many projects and how much money by size: under 100,000; to 1 million; to 10 million; to 100 million; above?
-- 按规模分，各档有多少项目、多少钱：10万元以下，至100万元，至1000万元，至1亿元，1亿元及以上？
-- One row per band, always five. The lower bound is in, the upper bound out; a project without a budget is in none.
with bands (band_no, lower_cny, upper_cny) as (
    values
    (1, null, 100000),
    (2, 100000, 1000000),
    (3, 1000000, 10000000),
    (4, 10000000, 100000000),
    (5, 100000000, null)
),

budgets as (
    select * from marts.fct_project_budget
),

counted as (
    select
        bands.band_no,
        count(budgets.project_id) as project_count,
        cast(sum(budgets.budget_cny) as decimal(18, 2)) as budget_cny
    from bands
    left join budgets
        on
            (bands.lower_cny is null or bands.lower_cny <= budgets.budget_cny)
            and (bands.upper_cny is null or bands.upper_cny > budgets.budget_cny)
    group by bands.band_no
)

select * from counted
order by band_no
