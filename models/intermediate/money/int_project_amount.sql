with projects as (
    select * from {{ ref('int_corrected_project') }}
),

project_units as (
    select * from {{ ref('int_project_amount_unit') }}
),

amount_units as (
    select * from {{ ref('amount_unit') }}
),

cells as (
    select
        document_id,
        project_no,
        'stated_budget' as amount_type,
        total_budget_text as amount_text,
        total_budget_source_ref as source_ref
    from projects
    union all
    select
        document_id,
        project_no,
        'fiscal_funds' as amount_type,
        fiscal_funds_text as amount_text,
        fiscal_funds_source_ref as source_ref
    from projects
    union all
    select
        document_id,
        project_no,
        'other_funds' as amount_type,
        other_funds_text as amount_text,
        other_funds_source_ref as source_ref
    from projects
),

figures as (
    {{ cell_figures('cells', 'amount_text') }}
),

scaled as (
    select
        project_units.project_id,
        cells.amount_type,
        cells.amount_text,
        cells.source_ref,
        figures.is_dash,
        figures.figure,
        cell_units.amount_unit as cell_unit,
        -- a figure alone, or with a unit of money behind it; 万 is one under a printed 万元 only
        figures.is_figure and (figures.printed_unit is null or cell_units.amount_unit is not null) as is_readable,
        case when figures.printed_unit is null then project_units.amount_unit else cell_units.amount_unit end
            as amount_unit,
        case when figures.printed_unit is null then project_units.factor else cell_units.factor end as factor
    from cells
    inner join figures on cells.amount_text = figures.amount_text
    inner join project_units
        on
            cells.document_id = project_units.document_id
            and cells.project_no = project_units.project_no
    left join amount_units as cell_units
        on
            figures.printed_unit = cell_units.printed_unit
            and (not figures.is_yuan_missing or project_units.amount_unit = cell_units.amount_unit)
),

multiplied as (
    select
        *,
        {{ plausible_money('figure * cast(factor as decimal(9, 0))') }} as amount_cny
    from scaled
),

converted as (
    select
        project_id,
        amount_type,
        amount_text,
        cast(case when is_readable then figure end as decimal(28, 10)) as figure,
        cell_unit,
        case when is_readable then amount_cny end as amount_cny,
        is_dash,
        -- text, a figure with a unit that is none of money's (25美元), two figures: not a blank, and not a figure
        not is_readable and not is_dash as is_amount_unreadable,
        is_readable and amount_unit is null as is_amount_unit_missing,
        is_readable and amount_unit is not null and amount_cny is null as is_amount_implausible,
        source_ref
    from multiplied
)

select * from converted
