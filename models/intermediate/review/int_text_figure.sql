{% set clause_end = '[^,。;；、!！?？]' %}

with projects as (
    select * from {{ ref('dim_project') }}
),

money_units as (
    select * from {{ ref('text_money_unit') }}
),

printed_texts as (
    select {{ prose_head('purpose_text') }} as printed_text from projects
    union
    select {{ prose_head('goal_text') }} as printed_text from projects
),

-- each distinct text is read once, and only where a figure may be money
texts as (
    select
        printed_text,
        {{ amount_text('printed_text') }} as plain_text
    from printed_texts
    where {{ regexp_like('printed_text', "'[0-9０-９][^0-9０-９]{0,6}[元圆块万亿]'") }}
),

pieces as (
    {{ numbers_in('texts', 'printed_text', 'plain_text') }}
),

numbers as (
    select
        printed_text,
        number_no,
        number_text,
        coalesce(lag(following_text) over (partition by printed_text order by number_no), leading_text) as before_text,
        following_text,
        substr(following_text, 1, 8) as tail_text,
        count(*) over (partition by printed_text) as number_count
    from pieces
    where number_no <= {{ figure_limit() }}
),

tails as (
    select distinct tail_text from numbers
),

tails_in_money as (
    select
        tails.tail_text,
        money_units.spelling,
        money_units.factor,
        money_units.is_vague,
        money_units.needs_clause_end
    from tails
    inner join money_units on {{ begins_with('tails.tail_text', 'money_units.spelling') }}
    qualify {{ is_longest('money_units.spelling', 'tails.tail_text') }}
),

amounts as (
    select
        numbers.printed_text,
        numbers.number_no,
        concat_ws('', numbers.number_text, tails_in_money.spelling) as amount_text,
        -- what has more digits is no amount of a budget
        try_cast(try_cast(numbers.number_text as decimal(24, 6)) * tails_in_money.factor as decimal(19, 6))
            as amount_cny,
        tails_in_money.is_vague,
        tails_in_money.needs_clause_end,
        coalesce({{ regexp_first('numbers.before_text', "'" ~ clause_end ~ "*$'") }}, '') as lead_clause,
        coalesce({{ regexp_first(
            'substr(numbers.following_text, length(tails_in_money.spelling) + 1)', "'^" ~ clause_end ~ "*'"
        ) }}, '') as rest_clause
    from numbers
    inner join tails_in_money on numbers.tail_text = tails_in_money.tail_text
    where
        tails_in_money.factor > 0
        -- the cut of a long text may be in the middle of its last amount
        and (length(numbers.printed_text) < {{ prose_limit() }} or numbers.number_no < numbers.number_count)
)

select * from amounts
