-- How many projects and how much money by size: under 100,000; to 1 million; to 10 million; to 100 million; above?
-- 按规模分，各档有多少项目、多少钱：10万元以下，至100万元，至1000万元，至1亿元，1亿元及以上？
-- One row per band, always five. lower_cny is in the band, upper_cny is not; NULL: no bound on that side. A project
-- without a budget is in none.
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
        cast(bands.lower_cny as decimal(18, 2)) as lower_cny,
        cast(bands.upper_cny as decimal(18, 2)) as upper_cny,
        count(budgets.project_id) as project_count,
        cast(sum(budgets.budget_cny) as decimal(18, 2)) as budget_cny
    from bands
    left join budgets
        on
            (bands.lower_cny is null or bands.lower_cny <= budgets.budget_cny)
            and (bands.upper_cny is null or bands.upper_cny > budgets.budget_cny)
    group by bands.band_no, bands.lower_cny, bands.upper_cny
)

select * from counted
order by band_no
