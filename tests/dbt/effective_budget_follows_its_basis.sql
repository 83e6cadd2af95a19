-- The effective budget is the stated one or the sum of the stated funds, and its basis says which.
select
    project_id,
    budget_basis,
    budget_cny
from {{ ref('fct_project_budget') }}
where
    case budget_basis
        when 'stated' then stated_budget_cny is null or budget_cny <> stated_budget_cny
        when 'sum_of_funds'
            then
                stated_budget_cny is not null
                or coalesce(fiscal_funds_cny, other_funds_cny) is null
                or budget_cny <> cast(coalesce(fiscal_funds_cny, 0) as decimal(38, 2)) + coalesce(other_funds_cny, 0)
        else budget_cny is not null or stated_budget_cny is not null
    end
