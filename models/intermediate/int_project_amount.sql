with projects as (
    select * from {{ source('staging', 'project') }}
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

cleaned as (
    select
        document_id,
        project_no,
        amount_type,
        amount_text,
        source_ref,
        {{ cell_text('amount_text') }} as plain_text
    from cells
    where amount_text is not null
),

figures as (
    select
        document_id,
        project_no,
        amount_type,
        amount_text,
        source_ref,
        {{ figure_number('plain_text') }} as figure,
        {{ figure_unit('plain_text') }} as printed_unit
    from cleaned
),

scaled as (
    select
        project_units.project_id,
        figures.amount_type,
        figures.amount_text,
        figures.source_ref,
        cast(case
            when figures.printed_unit is null or cell_units.amount_unit is not null then figures.figure
        end as decimal(28, 10)) as figure,
        cell_units.amount_unit as cell_unit,
        case when figures.printed_unit is null then project_units.amount_unit else cell_units.amount_unit end
            as amount_unit,
        case when figures.printed_unit is null then project_units.factor else cell_units.factor end as factor
    from figures
    inner join project_units
        on
            figures.document_id = project_units.document_id
            and figures.project_no = project_units.project_no
    left join amount_units as cell_units on figures.printed_unit = cell_units.printed_unit
),

converted as (
    select
        project_id,
        amount_type,
        amount_text,
        figure,
        cell_unit,
        amount_unit,
        try_cast(figure * cast(factor as decimal(9, 0)) as decimal(18, 2)) as amount_cny,
        -- text, a figure with a unit that is none of money's (25万), two figures: not a blank, and not a figure
        figure is null and not {{ is_dash('amount_text') }} as is_amount_unreadable,
        figure is not null and amount_unit is null as is_amount_unit_missing,
        source_ref
    from scaled
)

select * from converted
