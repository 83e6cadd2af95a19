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
            when 'amount' then {{ ratio('as_cny', 'budget_cny') }}
        end as cumulative_ratio,
        case point_basis
            when 'ratio'
                then
                    try_cast(
                        round(cast(budget_cny as decimal(24, 2)) * cast(as_ratio as decimal(14, 6)), 2)
                        as decimal(18, 2)
                    )
            when 'amount' then as_cny
        end as cumulative_cny,
        coalesce(point_basis = 'amount', false) and as_cny is null as is_plan_unit_missing,
        is_value_unreadable,
        source_ref
    from read_points
),

-- a checkpoint has one before it, but for the first: before March is a true 0
compared as (
    select
        *,
        row_number() over (partition by project_id order by checkpoint_month) = 1 as is_first,
        lag(cumulative_ratio) over (partition by project_id order by checkpoint_month) as previous_ratio,
        lag(cumulative_cny) over (partition by project_id order by checkpoint_month) as previous_cny
    from cumulated
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
        source_ref
    from compared
)

select * from periods
