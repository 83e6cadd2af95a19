with forms as (
    select * from {{ ref('int_form') }}
    where form_family in ('self_evaluation', 'monitoring')
),

projects as (
    select
        contexts.*,
        forms.form_family,
        printed.source_ref
    from {{ ref('int_project_context') }} as contexts
    inner join {{ ref('int_corrected_project') }} as printed
        on contexts.document_id = printed.document_id and contexts.project_no = printed.project_no
    inner join forms on printed.document_id = forms.document_id and printed.form_no = forms.form_no
    where contexts.is_current_result
),

attributes as (
    select * from {{ ref('int_project_attribute') }}
),

-- the total, or where it is blank the amounts below it, if all are known
amounts as (
    select
        project_id,
        measure,
        as_of_month,
        coalesce(
            min(amount_cny) filter (where fund_class = 'total'),
            case
                when not bool_or(is_unknown)
                    then {{ plausible_money('sum(amount_cny) filter (where is_leaf)') }}
            end
        ) as amount_cny,
        coalesce(
            min(source_ref) filter (where fund_class = 'total'),
            {{ text_in_order('source_ref', 'fund_no, source_ref', "'+'") }}
        ) as source_ref
    from {{ ref('int_project_fund') }}
    where term = 'annual'
    group by project_id, measure, as_of_month
),

budgets as (
    select
        project_id,
        min(amount_cny) filter (where measure = 'initial') as initial_cny,
        min(amount_cny) filter (where measure = 'adjusted') as adjusted_cny
    from amounts
    group by project_id
),

cells as (
    select
        project_id,
        measure,
        column_text,
        value_text
    from {{ ref('int_fund_cell') }}
    where fund_class = 'total' and term = 'annual' and measure in ('rate', 'score')
    qualify row_number() over (partition by project_id, measure order by fund_no) = 1
),

figures as (
    {{ cell_figures('cells', 'value_text') }}
),

shares as (
    select
        cells.project_id,
        min(figures.figure) filter (where cells.measure = 'score') as score,
        min(figures.figure) filter (where cells.measure = 'rate') as rate,
        coalesce(bool_or(
            cells.measure = 'rate'
            and (figures.printed_unit in ('%', '百分比') or {{ regexp_like('cells.column_text', "'[%％]'") }})
        ), false) as is_percent
    from cells
    inner join figures on cells.value_text = figures.value_text
    where figures.is_figure
    group by cells.project_id
),

executed as (
    select
        projects.*,
        coalesce(amounts.as_of_month, case projects.form_family when 'self_evaluation' then 12 end) as as_of_month,
        budgets.initial_cny,
        budgets.adjusted_cny,
        amounts.amount_cny as executed_cny,
        coalesce(amounts.source_ref, projects.source_ref) as executed_source_ref,
        {{ ratio('amounts.amount_cny', 'coalesce(budgets.adjusted_cny, budgets.initial_cny)') }} as execution_ratio,
        -- a share or points printed once are those of the last month
        row_number() over (
            partition by projects.project_id order by amounts.as_of_month desc nulls first
        ) = 1 as is_last
    from projects
    left join amounts on projects.project_id = amounts.project_id and amounts.measure = 'executed'
    left join budgets on projects.project_id = budgets.project_id
),

-- without a sign a figure up to 1 is a share, one from 1.5 on percent; between them what fits the amounts
joined as (
    select
        executed.project_id,
        executed.document_id,
        executed.unit_id,
        executed.division_id,
        executed.division_code,
        executed.fiscal_year,
        executed.fiscal_year_start_date,
        executed.as_of_month,
        cast(executed.initial_cny as decimal(18, 2)) as initial_cny,
        cast(executed.adjusted_cny as decimal(18, 2)) as adjusted_cny,
        cast(executed.executed_cny as decimal(18, 2)) as executed_cny,
        executed.execution_ratio,
        try_cast(case
            when shares.is_percent or shares.rate >= cast(1.5 as decimal(2, 1))
                then shares.rate * cast(0.01 as decimal(3, 2))
            when shares.rate <= 1 or shares.rate = executed.execution_ratio then shares.rate
        end as decimal(18, 6)) as stated_ratio,
        try_cast(shares.score as decimal(9, 2)) as score_points,
        case when executed.is_last then attributes.total_score_points end as total_score_points,
        executed.executed_source_ref as source_ref
    from executed
    left join shares on executed.project_id = shares.project_id and executed.is_last
    left join attributes
        on executed.document_id = attributes.document_id and executed.project_no = attributes.project_no
)

select * from joined
