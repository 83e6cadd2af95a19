{% set most_of_budget = 'cast(1.5 as decimal(2, 1))' %}

with points as (
    select * from {{ ref('int_plan_point') }}
),

budgets as (
    select * from {{ ref('int_project_budget') }}
),

last_points as (
    select
        project_id,
        figure,
        as_cny
    from points
    where is_stated
    qualify row_number() over (partition by project_id order by checkpoint_month desc) = 1
),

described as (
    select
        points.project_id,
        points.document_id,
        count(*) filter (where points.is_stated) as stated_count,
        coalesce(bool_or(points.figure_type = 'percent'), false) as has_percent,
        coalesce(bool_or(points.figure_type = 'money'), false) as has_money_unit,
        coalesce(bool_or(points.figure > 100 or points.is_value_implausible), false) as is_over_hundred,
        -- more than the budget by so much that it cannot be in the unit it would have
        coalesce(
            bool_or(points.is_value_implausible or points.as_cny > {{ most_of_budget }} * abs(budgets.budget_cny)),
            false
        ) as is_beyond_budget
    from points
    inner join budgets on points.project_id = budgets.project_id
    group by points.project_id, points.document_id
),

compared as (
    select
        described.*,
        coalesce(last_points.figure = 100, false) as is_last_hundred,
        coalesce(
            case
                when budgets.budget_cny is not null and last_points.as_cny is not null
                    then last_points.as_cny = budgets.budget_cny
                -- no unit anywhere: the same figure is still the same amount
                when budgets.budget_cny is null then last_points.figure = budgets.stated_figure
            end, false
        ) as is_last_budget
    from described
    inner join budgets on described.project_id = budgets.project_id
    left join last_points on described.project_id = last_points.project_id
),

proven as (
    select
        project_id,
        document_id,
        stated_count,
        has_percent and has_money_unit as is_plan_unit_mixed,
        case
            when has_percent then 'ratio'
            when has_money_unit then 'amount'
            -- a budget of exactly 100: share and amount are the same figures
            when is_last_hundred and is_last_budget then 'ratio'
            when is_last_budget then 'amount'
            when is_over_hundred then case when is_beyond_budget then 'none' else 'amount' end
            when is_last_hundred then 'ratio'
        end as proven_basis
    from compared
),

document_bases as (
    select
        document_id,
        count(*) filter (where proven_basis = 'ratio') as ratio_count,
        count(*) filter (where proven_basis = 'amount') as amount_count
    from proven
    group by document_id
),

decided as (
    select
        proven.project_id,
        proven.stated_count,
        case
            when proven.stated_count = 0 then 'none'
            when proven.proven_basis is not null then proven.proven_basis
            when document_bases.ratio_count > document_bases.amount_count then 'ratio'
            when document_bases.ratio_count < document_bases.amount_count then 'amount'
            else 'none'
        end as plan_basis,
        coalesce(proven.proven_basis <> 'none', false) as is_basis_proven,
        proven.is_plan_unit_mixed
    from proven
    inner join document_bases on proven.document_id = document_bases.document_id
),

flagged as (
    select
        project_id,
        plan_basis,
        is_basis_proven,
        stated_count > 0 and plan_basis = 'none' as is_plan_basis_unknown,
        is_plan_unit_mixed
    from decided
)

select * from flagged
