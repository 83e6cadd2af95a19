with amounts as (
    select * from {{ ref('int_text_figure') }}
    where amount_cny is not null
),

words as (
    select * from {{ ref('text_amount_word') }}
),

periods as (
    select * from {{ ref('text_amount_period') }}
),

measure_units as (
    select * from {{ ref('measure_unit') }}
    where reading = 'always' and dimension not in ('money', 'foreign_money', 'percent', 'permille', 'scale', 'none')
),

clauses as (
    select distinct
        lead_clause,
        rest_clause,
        -- every 每月, and /人·月 right behind the unit
        concat_ws(
            '',
            replace(lead_clause, '/', ''),
            case when {{ regexp_like('rest_clause', "'^[/每]'") }} then rest_clause else '' end
        ) as per_text
    from amounts
),

-- what the words around an amount say
roles as (
    select
        clauses.lead_clause,
        clauses.rest_clause,
        bool_or(words.role = 'total') as has_total_word,
        bool_or(words.role = 'year') as has_year_word,
        bool_or(words.role = 'cost') as has_cost_word,
        bool_or(words.role = 'wage') as has_wage_word,
        bool_or(words.role in ('other', 'bound')) as is_other_money,
        bool_or(words.role = 'vague') as has_vague_word
    from clauses
    inner join words
        on
            (words.side = 'lead' and instr(clauses.lead_clause, words.word) > 0)
            or (words.side = 'lead_end' and {{ ends_in('clauses.lead_clause', 'words.word') }})
            or (words.side = 'rest' and {{ begins_with('clauses.rest_clause', 'words.word') }})
    group by clauses.lead_clause, clauses.rest_clause
),

pers as (
    {{ members('clauses', 'lead_clause, rest_clause', 'per_text', "'[每/·]个?([^每/·0-9]{1,4})'") }}
),

per_words as (
    select distinct member from pers
),

pers_in_periods as (
    select
        per_words.member,
        periods.times_per_year,
        periods.period_name
    from per_words
    inner join periods on {{ begins_with('per_words.member', 'periods.word') }}
    qualify {{ is_longest('periods.word', 'per_words.member') }}
),

pers_in_units as (
    select
        per_words.member,
        measure_units.unit,
        measure_units.dimension
    from per_words
    inner join measure_units on {{ begins_with('lower(per_words.member)', 'measure_units.spelling') }}
    qualify {{ is_longest('measure_units.spelling', 'per_words.member') }}
),

-- 每人每月, 元/平方米: by how many of what an amount is to be multiplied
multipliers as (
    select
        pers.lead_clause,
        pers.rest_clause,
        min(pers_in_periods.times_per_year) as times_per_year,
        min(pers_in_periods.period_name) as period_name,
        bool_or(pers_in_periods.member is null and pers_in_units.dimension = 'person') as is_per_person,
        min(
            case
                when
                    pers_in_periods.member is null
                    and pers_in_units.dimension not in ('person', 'time', 'person_time') then pers_in_units.unit
            end
        ) as price_unit,
        -- 每户企业, 每天: nothing printed says how many
        bool_or(
            pers_in_periods.member is null
            and (pers_in_units.member is null or pers_in_units.dimension in ('time', 'person_time'))
        ) as is_per_something_else
    from pers
    left join pers_in_periods on pers.member = pers_in_periods.member
    left join pers_in_units on pers.member = pers_in_units.member
    group by pers.lead_clause, pers.rest_clause
),

described as (
    select
        amounts.printed_text,
        amounts.number_no,
        amounts.amount_text,
        amounts.amount_cny,
        amounts.lead_clause,
        amounts.needs_clause_end,
        amounts.is_vague or coalesce(roles.has_vague_word, false) as is_vague,
        coalesce(roles.is_other_money, false) or coalesce(multipliers.is_per_something_else, false) as is_other_money,
        coalesce(roles.has_total_word, false)
        or (coalesce(roles.has_year_word, false) and coalesce(roles.has_cost_word, false)) as has_total_word,
        coalesce(multipliers.is_per_person, false) as is_per_person,
        multipliers.price_unit,
        -- a rate of pay without a period counts by the month
        case
            when multipliers.times_per_year is not null then multipliers.times_per_year
            when multipliers.is_per_person and roles.has_wage_word then 12
            else 1
        end as times_per_year,
        multipliers.times_per_year is not null as is_period_printed,
        coalesce(multipliers.period_name, '月') as period_name,
        amounts.rest_clause
    from amounts
    left join roles on amounts.lead_clause = roles.lead_clause and amounts.rest_clause = roles.rest_clause
    left join multipliers
        on amounts.lead_clause = multipliers.lead_clause and amounts.rest_clause = multipliers.rest_clause
),

kinds as (
    select
        *,
        case
            when is_other_money then 'other'
            when is_per_person then 'wage'
            when price_unit is not null then 'price'
            when is_period_printed and times_per_year > 1 then 'period'
            when is_period_printed or has_total_word then 'total'
            else 'part'
        end as amount_kind
    from described
),

-- 15万 is money where the clause speaks of a total and ends there; else it may be a head of people
sure as (
    select
        printed_text,
        number_no,
        amount_text,
        amount_cny,
        amount_kind,
        is_vague,
        price_unit,
        times_per_year,
        period_name,
        lead_clause
    from kinds
    where not needs_clause_end or (rest_clause = '' and amount_kind in ('total', 'period'))
)

select * from sure
