{#- The costs of society and of the environment are none of the project's money. -#}
{% set cost_categories = "('output_cost', 'cost_economic')" %}

with indicators as (
    select * from {{ to_read_by_fact(ref('int_quality_indicator')) }}
    where
        category_id in {{ cost_categories }}
        -- a category alone names no cost: Q07 says that it has no target
        and (whole_name is not null or target_kind <> 'blank')
),

budgets as (
    select * from {{ to_read_by_fact(ref('fct_project_budget')) }}
),

money_units as (
    select * from {{ ref('money_unit') }}
),

cost_words as (
    select * from {{ ref('cost_word') }}
),

rate_names as (
    select * from {{ ref('rate_name') }}
),

names as (
    select distinct
        whole_name,
        plain_name,
        concat_ws('|', whole_name, description_plain_text) as name_and_description
    from indicators
),

-- what is named and is no cost of the project: the longest such word
no_costs as (
    select
        names.name_and_description,
        cost_words.word
    from names
    inner join cost_words
        on
            cost_words.kind = 'no_cost'
            and instr(names.name_and_description, cost_words.word) > 0
    qualify {{ is_longest('cost_words.word', 'names.name_and_description') }}
),

searched_names as (
    select
        names.name_and_description,
        no_costs.word as no_cost_word,
        case
            when no_costs.word is null then names.name_and_description
            else replace(names.name_and_description, no_costs.word, '')
        end as searched_text
    from names
    left join no_costs on names.name_and_description = no_costs.name_and_description
),

named_words as (
    select
        searched_names.name_and_description,
        min(searched_names.no_cost_word) as no_cost_word,
        coalesce(bool_or(cost_words.kind = 'cost'), false) as has_cost_word,
        coalesce(bool_or(cost_words.kind = 'funds'), false) as has_funds_word
    from searched_names
    left join cost_words
        on
            cost_words.kind in ('cost', 'funds')
            and instr(searched_names.searched_text, cost_words.word) > 0
    group by searched_names.name_and_description
),

-- 每公里成本 is the cost of one of many; 每年 is none
unit_costs as (
    select distinct names.name_and_description
    from names
    inner join cost_words
        on
            cost_words.kind = 'per_unit'
            and instr(replace(names.name_and_description, '每年', ''), cost_words.word) > 0
),

rates as (
    select
        names.name_and_description,
        rate_names.is_rate
    from names
    inner join rate_names on {{ ends_in('names.plain_name', 'rate_names.word') }}
    qualify {{ is_longest('rate_names.word', 'names.name_and_description') }}
),

read_targets as (
    select
        indicators.*,
        concat_ws('|', indicators.whole_name, indicators.description_plain_text) as name_and_description,
        case
            when indicators.target_kind in ('number', 'range')
                then {{ plausible_money('indicators.target_value * cast(money_units.factor as decimal(10, 1))') }}
        end as target_cny,
        case
            when indicators.target_kind = 'range'
                then {{ plausible_money('indicators.target_value_to * cast(money_units.factor as decimal(10, 1))') }}
        end as target_to_cny,
        -- an amount, or a price: 500元/人
        {{ regexp_like('indicators.target_unit', "'元(/|$)'") }}
        or (indicators.target_kind = 'list' and indicators.target_text like '%元%') as is_money,
        coalesce(indicators.unit_dimension in ('percent', 'permille', 'percentage_point', 'tenth'), false) as is_share
    from indicators
    left join money_units on indicators.target_unit = money_units.unit
),

judged as (
    select
        read_targets.indicator_id,
        read_targets.document_id,
        read_targets.project_id,
        read_targets.indicator_no,
        read_targets.label_text,
        read_targets.target_text,
        read_targets.target_quote,
        read_targets.target_source_ref,
        case when unit_costs.name_and_description is null then read_targets.target_cny end as target_cny,
        case when unit_costs.name_and_description is null then read_targets.target_to_cny end as target_to_cny,
        budgets.budget_cny,
        named_words.no_cost_word,
        coalesce(read_targets.unit_dimension = 'scale', false)
        and (named_words.has_cost_word or named_words.has_funds_word) as is_yuan_missing,
        case
            when coalesce(read_targets.is_money, false)
                then
                    named_words.no_cost_word is null
                    or named_words.has_cost_word
            when read_targets.target_kind in ('number', 'range') and read_targets.target_unit is not null
                then read_targets.is_share and named_words.has_cost_word
            when coalesce(rates.is_rate, false) then named_words.has_cost_word
            else named_words.has_cost_word or named_words.has_funds_word
        end as is_cost
    from read_targets
    inner join named_words on read_targets.name_and_description = named_words.name_and_description
    left join unit_costs on read_targets.name_and_description = unit_costs.name_and_description
    left join rates on read_targets.name_and_description = rates.name_and_description
    left join budgets on read_targets.project_id = budgets.project_id
)

select * from judged
