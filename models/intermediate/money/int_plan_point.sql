with projects as (
    select * from {{ ref('int_project_context') }}
),

checkpoints as (
    select * from {{ ref('checkpoint') }}
),

points as (
    select * from {{ ref('int_corrected_plan_point') }}
),

-- other families have no plan by month
forms as (
    select
        projects_as_printed.document_id,
        projects_as_printed.project_no,
        projects_as_printed.plan_header_text
    from {{ ref('int_corrected_project') }} as projects_as_printed
    inner join {{ ref('int_form') }} as printed_forms
        on
            projects_as_printed.document_id = printed_forms.document_id
            and projects_as_printed.form_no = printed_forms.form_no
    where printed_forms.form_family = 'performance_card'
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

headers as (
    select
        headers.plan_header_text,
        amount_units.amount_unit
    from (select distinct plan_header_text from forms) as headers
    inner join amount_units
        on {{ list_only(amount_unit_words('headers.plan_header_text')) }} = amount_units.printed_unit
),

unit_factors as (
    select distinct
        amount_unit,
        factor
    from amount_units
),

cells as (
    select
        projects.project_id,
        projects.document_id,
        projects.project_no,
        checkpoints.checkpoint_month,
        points.value_text,
        points.source_ref
    from projects
    inner join forms on projects.document_id = forms.document_id and projects.project_no = forms.project_no
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
        cells.project_no,
        cells.checkpoint_month,
        cells.value_text,
        cells.source_ref,
        coalesce(figures.is_dash, false) as is_dash,
        case
            when not coalesce(figures.is_figure, false) then null
            when figures.printed_unit is null then 'bare'
            when figures.printed_unit in ('%', '百分比') then 'percent'
            when cell_units.amount_unit is not null then 'money'
        end as figure_type,
        figures.figure,
        cell_units.amount_unit as cell_unit,
        budgets.form_unit,
        budgets.budget_cny
    from cells
    inner join budgets on cells.project_id = budgets.project_id
    left join figures on cells.value_text = figures.value_text
    left join amount_units as cell_units
        on
            figures.printed_unit = cell_units.printed_unit
            and (not figures.is_yuan_missing or budgets.form_unit = cell_units.amount_unit)
),

last_points as (
    select * from typed
    where figure_type is not null
    qualify row_number() over (partition by project_id order by checkpoint_month desc) = 1
),

-- 200000 under a budget of 20.00 万元 is in 元: the unit in which the last point is the budget
budget_units as (
    select
        last_points.project_id,
        unit_factors.amount_unit
    from last_points
    inner join unit_factors
        on last_points.figure * cast(unit_factors.factor as decimal(9, 0)) = last_points.budget_cny
    where last_points.figure_type = 'bare'
    qualify row_number() over (
        partition by last_points.project_id
        order by case when unit_factors.amount_unit = last_points.form_unit then 0 else 1 end, unit_factors.factor
    ) = 1
),

-- the unit of the cell, else of the plan's header, else the one that gives the budget, else the form's
in_units as (
    select
        typed.*,
        coalesce(typed.cell_unit, headers.amount_unit, budget_units.amount_unit, typed.form_unit) as amount_unit
    from typed
    left join forms on typed.document_id = forms.document_id and typed.project_no = forms.project_no
    left join headers on forms.plan_header_text = headers.plan_header_text
    left join budget_units on typed.project_id = budget_units.project_id
),

-- what the figure is if it is a share, and what it is if it is money: int_plan_basis says which it is
measured as (
    select
        in_units.*,
        unit_factors.factor,
        case
            when in_units.figure_type in ('percent', 'bare')
                then try_cast(in_units.figure * cast(0.01 as decimal(3, 2)) as decimal(14, 6))
        end as as_ratio,
        case
            when in_units.figure_type in ('money', 'bare')
                then {{ plausible_money('in_units.figure * cast(unit_factors.factor as decimal(9, 0))') }}
        end as as_cny
    from in_units
    left join unit_factors on in_units.amount_unit = unit_factors.amount_unit
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
        as_ratio,
        as_cny,
        figure_type is null and value_text is not null and not is_dash as is_value_unreadable,
        -- more than a share or an amount of a budget can be
        coalesce(
            case figure_type
                when 'percent' then as_ratio is null
                when 'money' then as_cny is null
                when 'bare' then as_ratio is null or (factor is not null and as_cny is null)
            end, false
        ) as is_value_implausible,
        source_ref
    from measured
)

select * from converted
