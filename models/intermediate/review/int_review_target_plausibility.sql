{#- What printed behind a figure makes it a share, a unit of percent aside: 九成, 12/10万. -#}
{% set share_text = "'[%‰]|百分|千分|万分|[0-9.一二三四五六七八九]成|/[0-9]*[千万]'" %}

with indicators as (
    select * from {{ to_read_by_fact(ref('int_quality_indicator')) }}
),

rate_names as (
    select * from {{ ref('rate_name') }}
),

directions as (
    select * from {{ ref('direction') }}
),

exceptions as (
    select * from {{ ref('direction_exception') }}
),

-- what Q17 says is no cost needs no upper bound of one
no_costs as (
    select indicator_id from {{ to_read_by_fact(ref('int_cost_indicator')) }}
    where not is_cost
),

names as (
    select distinct
        whole_name,
        plain_name
    from indicators
    where whole_name is not null
),

-- the longest ending decides: 频率 ends in 率 and is counted in times
rates as (
    select
        names.whole_name,
        {{ regexp_like('names.whole_name', "'[(（][^()（）]*[%％‰]'") }} as has_percent_in_name,
        rate_names.is_rate
    from names
    inner join rate_names on {{ ends_in('names.plain_name', 'rate_names.word') }}
    qualify {{ is_longest('rate_names.word', 'names.whole_name') }}
),

target_texts as (
    select distinct target_text
    from indicators
    where is_quantified
),

shares as (
    select
        target_text,
        {{ regexp_like(narrow('target_text'), share_text) }} as has_share_text
    from target_texts
),

doubted_texts as (
    select distinct
        indicators.comparator,
        concat_ws('|', indicators.whole_name, indicators.description_plain_text) as name_and_description
    from indicators
    inner join directions
        on indicators.category_id = directions.category_id and indicators.comparator = directions.comparator
),

excepted as (
    select distinct
        doubted_texts.comparator,
        doubted_texts.name_and_description
    from doubted_texts
    inner join exceptions
        on
            instr(doubted_texts.name_and_description, exceptions.word) > 0
            and exceptions.direction
            = case when doubted_texts.comparator in ('>=', '>') then 'more_is_better' else 'less_is_better' end
),

looked_at_categories as (
    select distinct category_id from directions
),

described as (
    select
        indicators.*,
        coalesce(indicators.is_quantified and rates.is_rate, false) as is_rate,
        -- 合格率（%） with a bare figure: the name carries the sign
        coalesce(
            indicators.unit_dimension in ('percent', 'permille', 'percentage_point', 'tenth')
            or shares.has_share_text
            or (rates.has_percent_in_name and indicators.target_unit is null and indicators.target_kind <> 'date'),
            false
        ) as carries_percent,
        coalesce(indicators.target_unit = '%' and indicators.target_kind in ('number', 'range'), false) as is_percent,
        coalesce(indicators.target_value_to, indicators.target_value) > 100 as is_over_hundred,
        coalesce(indicators.comparator in ('>=', '>'), false) as is_lower_bound,
        looked_at_categories.category_id is not null
        and no_costs.indicator_id is null
        and coalesce(indicators.comparator in ('>=', '>', '<=', '<'), false) as is_directed,
        -- an amount that is spent has an upper bound wherever it stands (资金执行数 ≤399.47万元)
        directions.reason is not null
        and excepted.comparator is null
        and not coalesce(indicators.unit_dimension = 'money' and indicators.comparator in ('<=', '<'), false)
            as is_direction_doubted
    from indicators
    left join rates on indicators.whole_name = rates.whole_name
    left join shares on indicators.target_text = shares.target_text
    left join no_costs on indicators.indicator_id = no_costs.indicator_id
    left join looked_at_categories on indicators.category_id = looked_at_categories.category_id
    left join directions
        on indicators.category_id = directions.category_id and indicators.comparator = directions.comparator
    left join excepted
        on
            indicators.comparator = excepted.comparator
            and concat_ws('|', indicators.whole_name, indicators.description_plain_text)
            = excepted.name_and_description
),

judged as (
    select
        rules.rule_id,
        described.document_id,
        described.project_id,
        described.indicator_no,
        -- NULL: the rule does not ask this indicator
        case
            when rules.rule_id = 'Q12' and described.target_kind = 'date'
                then extract(year from described.target_date) <> described.fiscal_year
            when rules.rule_id = 'Q13' and described.is_rate then not described.carries_percent
            when rules.rule_id = 'Q14' and described.is_percent
                then
                    coalesce(described.is_over_hundred, false)
                    or (
                        described.target_value = 100
                        and described.target_value_to is null
                        and coalesce(described.comparator, '=') in ('=', '>=', '>')
                    )
            when rules.rule_id = 'Q15' and described.is_directed then described.is_direction_doubted
        end as is_failing,
        case rules.rule_id
            when 'Q14'
                then case
                    when described.is_over_hundred then 'over'
                    when described.is_lower_bound then 'lower_bound'
                    else 'flat'
                end
            when 'Q15' then case when described.is_lower_bound then 'lower_bound' else 'upper_bound' end
        end as message_case,
        described.target_text as evidence_text,
        described.target_source_ref as source_ref,
        described.label_text,
        described.target_quote,
        described.target_date,
        described.fiscal_year
    from described
    cross join (values ('Q12'), ('Q13'), ('Q14'), ('Q15')) as rules (rule_id)
),

asked as (
    select distinct
        rule_id,
        document_id,
        project_id
    from judged
    where is_failing is not null
),

reviewed as (
    {{ reviewed(
        'judged', 'indicator', ['label_text', 'target_quote', 'target_date', 'fiscal_year'], case='message_case',
        asked='asked'
    ) }}
)

select * from reviewed
