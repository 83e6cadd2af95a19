with projects as (
    select * from {{ ref('int_project_context') }}
),

checkpoints as (
    select * from {{ ref('checkpoint') }}
),

points as (
    select * from {{ ref('int_corrected_plan_point') }}
),

amount_units as (
    select * from {{ ref('amount_unit') }}
),

budgets as (
    select * from {{ ref('int_project_budget') }}
),

figures as (
    {{ cell_figures('points', 'value_text') }}
),

cells as (
    select
        projects.project_id,
        projects.document_id,
        checkpoints.checkpoint_month,
        points.value_text,
        points.source_ref
    from projects
    cross join checkpoints
    left join points
        on
            projects.document_id = points.document_id
            and projects.project_no = points.project_no
            and checkpoints.checkpoint_month = points.checkpoint_month
),

typed as (
    select
        cells.project_id,
        cells.document_id,
        cells.checkpoint_month,
        cells.value_text,
        cells.source_ref,
        coalesce(figures.is_dash, false) as is_dash,
        case
            when figures.figure is null then null
            when figures.printed_unit is null then 'bare'
            when figures.printed_unit in ('%', '百分比') then 'percent'
            when cell_units.amount_unit is not null then 'money'
        end as figure_type,
        figures.figure,
        coalesce(cell_units.amount_unit, budgets.form_unit) as amount_unit,
        coalesce(cell_units.factor, form_units.factor) as factor
    from cells
    inner join budgets on cells.project_id = budgets.project_id
    left join figures on cells.value_text = figures.value_text
    left join amount_units as cell_units on figures.printed_unit = cell_units.printed_unit
    left join amount_units as form_units on budgets.form_unit = form_units.printed_unit
),

converted as (
    select
        project_id,
        document_id,
        checkpoint_month,
        value_text,
        figure_type,
        figure_type is not null as is_stated,
        cast(case when figure_type is not null then figure end as decimal(28, 10)) as figure,
        -- what the figure is if it is a share, and what it is if it is money: int_plan_basis says which it is
        case
            when figure_type in ('percent', 'bare')
                then try_cast(figure * cast(0.01 as decimal(3, 2)) as decimal(18, 6))
        end as as_ratio,
        case
            when figure_type in ('money', 'bare')
                then try_cast(figure * cast(factor as decimal(9, 0)) as decimal(18, 2))
        end as as_cny,
        figure_type is null and value_text is not null and not is_dash as is_value_unreadable,
        source_ref
    from typed
)

select * from converted
