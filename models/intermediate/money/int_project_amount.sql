with projects as (
    select * from {{ ref('int_corrected_project') }}
),

project_units as (
    select * from {{ ref('int_project_amount_unit') }}
),

amount_units as (
    select * from {{ ref('amount_unit') }}
),

funds as (
    select * from {{ ref('int_fund_cell') }}
    where measure not in ('rate', 'weight', 'score', 'note')
),

cells as (
    {% for amount_type, column in [
        ('stated_budget', 'total_budget'), ('fiscal_funds', 'fiscal_funds'), ('other_funds', 'other_funds')
    ] %}
        select
            document_id,
            project_no,
            '{{ amount_type }}' as amount_type,
            cast(null as integer) as fund_no,
            cast(null as string) as unit_text,
            {{ column }}_text as amount_text,
            {{ column }}_source_ref as source_ref
        from projects
        union all
    {% endfor %}
    select
        document_id,
        project_no,
        'fund' as amount_type,
        fund_no,
        unit_text,
        value_text as amount_text,
        source_ref
    from funds
),

-- the unit printed in the label of an amount
label_units as (
    select
        units.unit_text,
        amount_units.amount_unit,
        amount_units.factor
    from (select distinct unit_text from cells) as units
    inner join amount_units on {{ list_only(amount_unit_words('units.unit_text')) }} = amount_units.printed_unit
),

-- a manifest beats what is printed over a form, and a label what is printed over the table
unit_of_bare_figures as (
    select
        cells.*,
        project_units.project_id,
        case
            when project_units.amount_unit_basis = 'manifest' then project_units.amount_unit
            else coalesce(label_units.amount_unit, project_units.amount_unit)
        end as bare_unit,
        case
            when project_units.amount_unit_basis = 'manifest' then project_units.factor
            else coalesce(label_units.factor, project_units.factor)
        end as bare_factor
    from cells
    inner join project_units
        on cells.document_id = project_units.document_id and cells.project_no = project_units.project_no
    left join label_units on cells.unit_text = label_units.unit_text
),

figures as (
    {{ cell_figures('cells', 'amount_text') }}
),

scaled as (
    select
        cells.project_id,
        cells.amount_type,
        cells.fund_no,
        cells.amount_text,
        cells.source_ref,
        figures.is_dash,
        figures.figure,
        cell_units.amount_unit as cell_unit,
        -- a figure alone, or with a unit of money behind it; 万 is one under a printed 万元 only
        figures.is_figure and (figures.printed_unit is null or cell_units.amount_unit is not null) as is_readable,
        case when figures.printed_unit is null then cells.bare_unit else cell_units.amount_unit end as amount_unit,
        case when figures.printed_unit is null then cells.bare_factor else cell_units.factor end as factor
    from unit_of_bare_figures as cells
    inner join figures on cells.amount_text = figures.amount_text
    left join amount_units as cell_units
        on
            figures.printed_unit = cell_units.printed_unit
            and (not figures.is_yuan_missing or cells.bare_unit = cell_units.amount_unit)
),

multiplied as (
    select
        *,
        -- nothing is nothing in any unit
        {{ plausible_money('figure * cast(case figure when 0 then 1 else factor end as decimal(9, 0))') }} as amount_cny
    from scaled
),

converted as (
    select
        project_id,
        amount_type,
        fund_no,
        amount_text,
        cast(case when is_readable then figure end as decimal(28, 10)) as figure,
        cell_unit,
        case when is_readable then amount_cny end as amount_cny,
        is_dash,
        -- text, a figure with a unit that is none of money's (25美元), two figures: not a blank, and not a figure
        not is_readable and not is_dash as is_amount_unreadable,
        is_readable and amount_unit is null and figure <> 0 as is_amount_unit_missing,
        is_readable and amount_unit is not null and amount_cny is null as is_amount_implausible,
        source_ref
    from multiplied
)

select * from converted
