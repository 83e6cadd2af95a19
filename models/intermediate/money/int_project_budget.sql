with projects as (
    select * from {{ ref('int_project_amount_unit') }}
),

amounts as (
    select * from {{ ref('int_project_amount') }}
),

-- a fund that stands in a row nobody could read (上年结转 without a column) is missing in the sum of the others
unread_funds as (
    select distinct
        document_id,
        project_no
    from {{ source('staging', 'observation') }}
    where observation_code = 'fund_not_read'
),

pivoted as (
    select
        projects.project_id,
        projects.amount_unit as bare_unit,
        unread_funds.document_id is not null as is_fund_unread,
        min(amounts.amount_cny) filter (where amounts.amount_type = 'stated_budget') as stated_budget_cny,
        min(amounts.amount_cny) filter (where amounts.amount_type = 'fiscal_funds') as fiscal_funds_cny,
        min(amounts.amount_cny) filter (where amounts.amount_type = 'other_funds') as other_funds_cny,
        min(amounts.figure) filter (where amounts.amount_type = 'stated_budget') as stated_figure,
        min(amounts.cell_unit) as cell_unit,
        count(distinct amounts.cell_unit) as cell_unit_count,
        min(amounts.source_ref) filter (
            where amounts.amount_type = 'stated_budget' and amounts.amount_cny is not null
        ) as stated_source_ref,
        min(amounts.source_ref) filter (
            where amounts.amount_type = 'fiscal_funds' and amounts.amount_cny is not null
        ) as fiscal_source_ref,
        min(amounts.source_ref) filter (
            where amounts.amount_type = 'other_funds' and amounts.amount_cny is not null
        ) as other_source_ref,
        -- a fund that is printed but cannot be read leaves their sum unknown
        coalesce(bool_or(amounts.amount_type <> 'stated_budget' and amounts.amount_cny is null and (
            amounts.is_amount_unreadable or amounts.is_amount_unit_missing or amounts.is_amount_implausible
        )), false) as is_fund_unknown,
        coalesce(bool_or(amounts.is_amount_unreadable), false) as is_amount_unreadable,
        coalesce(bool_or(amounts.is_amount_unit_missing), false) as is_amount_unit_missing,
        coalesce(bool_or(amounts.is_amount_implausible), false) as is_amount_implausible
    from projects
    left join amounts on projects.project_id = amounts.project_id
    left join unread_funds
        on projects.document_id = unread_funds.document_id and projects.project_no = unread_funds.project_no
    group by projects.project_id, projects.amount_unit, unread_funds.document_id
),

summed as (
    select
        *,
        {{ plausible_money('(coalesce(fiscal_funds_cny, 0) + coalesce(other_funds_cny, 0))') }} as funds_cny
    from pivoted
),

based as (
    select
        *,
        case
            when stated_budget_cny is not null then 'stated'
            when is_fund_unknown or is_fund_unread or funds_cny is null then 'none'
            when coalesce(fiscal_funds_cny, other_funds_cny) is not null then 'sum_of_funds'
            else 'none'
        end as budget_basis
    from summed
),

decided as (
    select
        project_id,
        stated_budget_cny,
        fiscal_funds_cny,
        other_funds_cny,
        cast(case budget_basis
            when 'stated' then stated_budget_cny
            when 'sum_of_funds' then funds_cny
        end as decimal(18, 2)) as budget_cny,
        budget_basis,
        stated_figure,
        -- the unit the form's bare figures are in; else the one all its money cells print
        case
            when bare_unit is not null then bare_unit
            when cell_unit_count = 1 then cell_unit
        end as form_unit,
        case budget_basis
            when 'stated' then stated_source_ref
            when 'sum_of_funds' then concat_ws('+', fiscal_source_ref, other_source_ref)
        end as budget_source_ref,
        is_amount_unreadable,
        is_amount_unit_missing,
        is_amount_implausible or (stated_budget_cny is null and funds_cny is null) as is_amount_implausible
    from based
)

select * from decided
