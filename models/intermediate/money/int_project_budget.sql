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

-- what a form with a money block says of its year: the amounts under no column; in a form of results those at the
-- beginning of the year, and where these are blank those adjusted since
funds as (
    select
        *,
        case measure when 'stated' then 1 when 'initial' then 2 else 3 end as measure_rank
    from {{ ref('int_project_fund') }}
    where term = 'annual' and measure in ('stated', 'initial', 'adjusted')
),

measured as (
    select
        project_id,
        min(measure_rank) as measure_rank
    from funds
    where amount_cny is not null or is_unknown
    group by project_id
),

year_funds as (
    select
        funds.project_id,
        min(funds.amount_cny) filter (where funds.fund_class = 'total') as stated_budget_cny,
        min(funds.amount_cny) filter (where funds.fund_class = 'fiscal') as fiscal_funds_cny,
        min(funds.amount_cny) filter (where funds.fund_class = 'other') as other_funds_cny,
        sum(funds.amount_cny) filter (where funds.is_leaf) as fund_cny,
        min(funds.source_ref) filter (where funds.fund_class = 'total') as stated_source_ref,
        {{ text_in_order('funds.source_ref', 'funds.fund_no', "'+'") }} filter (
            where funds.is_leaf and funds.amount_cny is not null
        ) as fund_source_ref,
        bool_or(funds.is_leaf and funds.is_unknown) as is_fund_unknown
    from funds
    inner join measured
        on funds.project_id = measured.project_id and funds.measure_rank = measured.measure_rank
    group by funds.project_id
),

cells as (
    select
        project_id,
        min(figure) filter (where amount_type = 'stated_budget') as stated_figure,
        min(cell_unit) as cell_unit,
        count(distinct cell_unit) as cell_unit_count,
        coalesce(bool_or(is_amount_unreadable), false) as is_amount_unreadable,
        coalesce(bool_or(is_amount_unit_missing), false) as is_amount_unit_missing,
        coalesce(bool_or(is_amount_implausible), false) as is_amount_implausible
    from amounts
    group by project_id
),

summed as (
    select
        projects.project_id,
        projects.amount_unit as bare_unit,
        unread_funds.document_id is not null as is_fund_unread,
        year_funds.stated_budget_cny,
        year_funds.fiscal_funds_cny,
        year_funds.other_funds_cny,
        year_funds.stated_source_ref,
        year_funds.fund_source_ref,
        year_funds.fund_cny is not null as has_fund,
        -- a fund that is printed but cannot be read leaves their sum unknown
        coalesce(year_funds.is_fund_unknown, false) as is_fund_unknown,
        {{ plausible_money('coalesce(year_funds.fund_cny, 0)') }} as funds_cny,
        cells.stated_figure,
        cells.cell_unit,
        coalesce(cells.cell_unit_count, 0) as cell_unit_count,
        coalesce(cells.is_amount_unreadable, false) as is_amount_unreadable,
        coalesce(cells.is_amount_unit_missing, false) as is_amount_unit_missing,
        coalesce(cells.is_amount_implausible, false) as is_amount_implausible
    from projects
    left join year_funds on projects.project_id = year_funds.project_id
    left join cells on projects.project_id = cells.project_id
    left join unread_funds
        on projects.document_id = unread_funds.document_id and projects.project_no = unread_funds.project_no
),

based as (
    select
        *,
        case
            when stated_budget_cny is not null then 'stated'
            when is_fund_unknown or is_fund_unread or funds_cny is null then 'none'
            when has_fund then 'sum_of_funds'
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
            when 'sum_of_funds' then fund_source_ref
        end as budget_source_ref,
        is_amount_unreadable,
        is_amount_unit_missing,
        is_amount_implausible or (stated_budget_cny is null and funds_cny is null) as is_amount_implausible
    from based
)

select * from decided
