{#- An output in money by its name is taken for the project's money only where it comes near the budget: a sum paid to
    each of many is under the same names. -#}
{% set band = ('0.5', '2') %}

with indicators as (
    select * from {{ ref('int_quality_indicator') }}
    where indicator_group = 'output' and target_kind = 'number'
),

budgets as (
    select * from {{ ref('fct_project_budget') }}
    where budget_cny is not null
),

money_units as (
    select * from {{ ref('money_unit') }}
),

words as (
    select * from {{ ref('text_amount_word') }}
    where role = 'target'
),

names as (
    select distinct indicators.plain_name
    from indicators
    inner join words on instr(indicators.plain_name, words.word) > 0
),

amounts as (
    select
        indicators.document_id,
        indicators.project_id,
        indicators.indicator_no,
        indicators.label_text,
        indicators.target_text,
        indicators.target_quote,
        indicators.target_source_ref,
        budgets.budget_cny,
        {{ plausible_money('indicators.target_value * cast(money_units.factor as decimal(10, 1))') }} as target_cny
    from indicators
    inner join names on indicators.plain_name = names.plain_name
    inner join money_units on indicators.target_unit = money_units.unit
    inner join budgets on indicators.project_id = budgets.project_id
),

-- one of several may be the whole, or all of them its parts
judged as (
    select
        *,
        bool_or(target_cny = budget_cny) over (partition by project_id)
        or sum(target_cny) over (partition by project_id) = budget_cny as is_reconciled
    from amounts
    where target_cny is not null
),

checked as (
    select
        document_id,
        project_id,
        indicator_no,
        label_text,
        target_quote,
        budget_cny,
        is_reconciled,
        concat_ws(
            '',
            target_text, ' = ', {{ money_text('target_cny') }}, '元；预算 ', {{ money_text('budget_cny') }}, '元；差 ',
            {{ money_text('(target_cny - budget_cny)') }}, '元'
        ) as evidence_text,
        target_source_ref
    from judged
    where is_reconciled or target_cny between budget_cny * {{ band[0] }} and budget_cny * {{ band[1] }}
)

select * from checked
