-- Which projects lack a cost indicator; where one states an amount, does it equal the budget?
-- 哪些项目没有成本指标？写有金额的成本指标是否等于预算？
-- One row per project. stated_cost_cny: the sum of its cost targets in 元, 万元 or 亿元; is_equal is NULL without one. The
-- projects without a cost indicator first, the largest budget first.
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

costs as (
    select
        project_id,
        case
            when target_kind = 'number'
                then
                    target_value * case target_unit
                        when '元' then 1
                        when '万元' then 10000
                        when '亿元' then 100000000
                    end
        end as cost_cny
    from indicators
    where indicator_group = 'cost'
),

summed as (
    select
        project_id,
        cast(sum(cost_cny) as decimal(18, 2)) as stated_cost_cny
    from costs
    group by project_id
),

compared as (
    select
        projects.division_code,
        projects.project_no,
        summed.project_id is not null as has_cost_indicator,
        summed.stated_cost_cny,
        budgets.budget_cny,
        summed.stated_cost_cny = budgets.budget_cny as is_equal,
        projects.unit_name,
        projects.project_id
    from projects
    inner join budgets on projects.project_id = budgets.project_id
    left join summed on projects.project_id = summed.project_id
)

select * from compared
order by has_cost_indicator asc, budget_cny desc nulls last, project_id asc
