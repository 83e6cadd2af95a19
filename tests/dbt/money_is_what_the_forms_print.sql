-- A figure times its printed unit is the money of the fact: worked out here without the models between, so that an
-- amount in 万元 read as 元 is seen. Only plain figures under a unit line are compared; the rest is for the findings.
with forms as (
    select * from {{ ref('int_corrected_project') }}
),

manifest as (
    select * from {{ source('staging', 'manifest') }}
),

printed as (
    select
        {{ project_id('forms') }} as project_id,
        forms.total_budget_text,
        forms.fiscal_funds_text,
        case
            when forms.amount_unit_text like '%亿元%' then 100000000
            when forms.amount_unit_text like '%百万元%' or forms.amount_unit_text like '%十万元%' then null
            when forms.amount_unit_text like '%万元%' then 10000
            when forms.amount_unit_text like '%千元%' then 1000
            when forms.amount_unit_text like '%元%' then 1
        end as factor
    from forms
    left join manifest on forms.document_id = manifest.document_id
    where manifest.amount_unit is null
),

figures as (
    select
        project_id,
        factor,
        total_budget_text is null as has_no_budget,
        fiscal_funds_text is null as has_no_funds,
        try_cast(total_budget_text as decimal(18, 4)) as total_budget,
        try_cast(fiscal_funds_text as decimal(18, 4)) as fiscal_funds
    from printed
    where factor is not null
)

select
    budgets.project_id,
    figures.total_budget,
    figures.fiscal_funds,
    figures.factor,
    budgets.stated_budget_cny,
    budgets.fiscal_funds_cny
from {{ ref('fct_project_budget') }} as budgets
inner join figures on budgets.project_id = figures.project_id
where
    cast(figures.total_budget * figures.factor as decimal(38, 2)) <> budgets.stated_budget_cny
    or cast(figures.fiscal_funds * figures.factor as decimal(38, 2)) <> budgets.fiscal_funds_cny
    or (figures.total_budget is not null and budgets.stated_budget_cny is null)
    or (figures.fiscal_funds is not null and budgets.fiscal_funds_cny is null)
    or (figures.has_no_budget and budgets.stated_budget_cny is not null)
    or (figures.has_no_funds and budgets.fiscal_funds_cny is not null)
