-- The effective budget is the stated one or the sum of the funds that add up to it, and its basis says which.
with sums as (
    select
        project_id,
        measure,
        sum(cast(amount_cny as decimal(38, 2))) as fund_cny
    from {{ ref('fct_project_fund') }}
    where term = 'annual' and is_leaf
    group by project_id, measure
)

select
    budgets.project_id,
    budgets.budget_basis,
    budgets.budget_cny
from {{ ref('fct_project_budget') }} as budgets
where
    case budgets.budget_basis
        when 'stated' then budgets.stated_budget_cny is null or budgets.budget_cny <> budgets.stated_budget_cny
        when 'sum_of_funds'
            then
                budgets.stated_budget_cny is not null
                or not exists (
                    select 1
                    from sums
                    where
                        sums.project_id = budgets.project_id
                        and sums.measure in ('stated', 'initial', 'adjusted')
                        and sums.fund_cny = budgets.budget_cny
                )
        else budgets.budget_cny is not null or budgets.stated_budget_cny is not null
    end
