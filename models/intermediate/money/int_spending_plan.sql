with points as (
    select * from {{ ref('int_plan_point') }}
),

bases as (
    select * from {{ ref('int_plan_basis') }}
),

budgets as (
    select * from {{ ref('int_project_budget') }}
),

read_points as (
    select
        points.project_id,
        points.checkpoint_month,
        bases.plan_basis,
        points.value_text,
        points.is_stated,
        budgets.budget_cny,
        -- a cell that prints its unit of money is money, whatever its neighbours are
        case
            when bases.plan_basis = 'ratio' and points.figure_type <> 'money' then 'ratio'
            when bases.plan_basis <> 'none' and points.is_stated then 'amount'
        end as point_basis,
        points.as_ratio,
        points.as_cny,
        points.is_value_unreadable,
        coalesce(points.is_value_implausible, false) as is_value_implausible,
        points.source_ref
    from points
    inner join bases on points.project_id = bases.project_id
    inner join budgets on points.project_id = budgets.project_id
),

cumulated as (
    select
        project_id,
        checkpoint_month,
        plan_basis,
        value_text,
        is_stated,
        budget_cny,
        case point_basis
            when 'ratio' then as_ratio
            when 'amount' then try_cast({{ ratio('as_cny', 'budget_cny') }} as decimal(14, 6))
        end as cumulative_ratio,
        case point_basis
            when 'ratio'
                then {{ plausible_money('cast(budget_cny as decimal(20, 2)) * as_ratio') }}
            when 'amount' then as_cny
        end as cumulative_cny,
        coalesce(point_basis = 'amount', false) and as_cny is null and not is_value_implausible
            as is_plan_unit_missing,
        is_value_unreadable,
        is_value_implausible,
        source_ref
    from read_points
),

-- a share or an amount of such a size is no column's: what was to be worked out stays NULL, and the rule R34 says so
bounded as (
    select
        project_id,
        checkpoint_month,
        plan_basis,
        value_text,
        is_stated,
        budget_cny,
        cumulative_ratio,
        cumulative_cny,
        is_plan_unit_missing,
        is_value_unreadable,
        is_stated and (
            is_value_implausible
            or (
                plan_basis <> 'none' and budget_cny <> 0 and not is_plan_unit_missing
                and (cumulative_ratio is null or cumulative_cny is null)
            )
        ) as is_value_implausible,
        source_ref
    from cumulated
),

-- a checkpoint has one before it, but for the first: before March is a true 0
compared as (
    select
        *,
        row_number() over (partition by project_id order by checkpoint_month) = 1 as is_first,
        lag(cumulative_ratio) over (partition by project_id order by checkpoint_month) as previous_ratio,
        lag(cumulative_cny) over (partition by project_id order by checkpoint_month) as previous_cny
    from bounded
),

periods as (
    select
        project_id,
        checkpoint_month,
        plan_basis,
        value_text,
        is_stated,
        cast(cumulative_ratio as decimal(18, 6)) as cumulative_ratio,
        cast(cumulative_cny as decimal(18, 2)) as cumulative_cny,
        cast(cumulative_ratio - case when is_first then 0 else previous_ratio end as decimal(18, 6)) as period_ratio,
        cast(cumulative_cny - case when is_first then 0 else previous_cny end as decimal(18, 2)) as period_cny,
        case when is_stated then budget_cny end as base_cny,
        is_plan_unit_missing,
        is_value_unreadable,
        coalesce(is_value_implausible, false) as is_value_implausible,
        source_ref
    from compared
)

select * from periods
