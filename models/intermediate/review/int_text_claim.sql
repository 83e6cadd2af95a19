with amounts as (
    select * from {{ ref('int_text_amount') }}
    where amount_kind <> 'other'
),

measure_units as (
    select * from {{ ref('measure_unit') }}
    where reading = 'always'
),

-- the quantities of a text, where a wage or a price waits for one
texts as (
    select distinct
        printed_text,
        {{ amount_text('printed_text') }} as plain_text
    from amounts
    where amount_kind in ('wage', 'price', 'period')
),

pieces as (
    {{ numbers_in('texts', 'printed_text', 'plain_text') }}
),

numbers as (
    select
        printed_text,
        number_no,
        number_text,
        lower({{ regexp_replace_all('substr(following_text, 1, 8)', "'^[余多]'", "''") }}) as tail_text
    from pieces
    where number_no <= {{ figure_limit() }}
),

tails as (
    select distinct tail_text from numbers
),

tails_in_units as (
    select
        tails.tail_text,
        measure_units.unit,
        measure_units.dimension
    from tails
    inner join measure_units on {{ begins_with('tails.tail_text', 'measure_units.spelling') }}
    qualify {{ is_longest('measure_units.spelling', 'tails.tail_text') }}
),

quantities as (
    select
        numbers.printed_text,
        numbers.number_no,
        numbers.number_text,
        try_cast(numbers.number_text as decimal(13, 4)) as quantity,
        tails_in_units.unit,
        tails_in_units.dimension = 'person' and tails_in_units.unit in ('人', '位') as is_persons
    from numbers
    inner join tails_in_units on numbers.tail_text = tails_in_units.tail_text
),

-- 共10个月: the months that are printed, where the text prints one number of them
printed_months as (
    select
        printed_text,
        min(quantity) as months
    from quantities
    where unit = '月'
    group by printed_text
    having count(distinct quantity) = 1 and min(quantity) between 1 and 12
),

wages as (
    select
        amounts.*,
        count(*) over (partition by amounts.printed_text) as wage_count,
        lag(amounts.number_no, 1, 0) over (partition by amounts.printed_text order by amounts.number_no)
            as previous_wage_no
    from amounts
    where amounts.amount_kind = 'wage'
),

-- persons are before their wage; where there is one wage all persons of the text are meant
wage_persons as (
    select
        wages.printed_text,
        wages.number_no,
        count(*) as person_group_count,
        sum(quantities.quantity) as person_sum,
        max(quantities.quantity) as person_maximum,
        {{ text_in_order('quantities.number_text', 'quantities.number_no', "'+'") }} as persons_text
    from wages
    inner join quantities
        on
            wages.printed_text = quantities.printed_text
            and quantities.is_persons
            and (
                wages.wage_count = 1
                or (wages.previous_wage_no < quantities.number_no and wages.number_no > quantities.number_no)
            )
    group by wages.printed_text, wages.number_no
),

-- 共20人，其中13人、7人: the whole is not added to its parts
wage_claims as (
    select
        wages.printed_text,
        wages.number_no,
        case
            when wage_persons.person_group_count = 1 then concat_ws('', wage_persons.persons_text, '人')
            when wage_persons.person_maximum * 2 = wage_persons.person_sum
                then concat_ws('', {{ figure_text('wage_persons.person_maximum') }}, '人')
            else concat_ws('', '(', wage_persons.persons_text, ')人')
        end as quantity_text,
        case
            when
                wage_persons.person_group_count > 1
                and wage_persons.person_maximum * 2 = wage_persons.person_sum then wage_persons.person_maximum
            else wage_persons.person_sum
        end as quantity
    from wages
    inner join wage_persons
        on wages.printed_text = wage_persons.printed_text and wages.number_no = wage_persons.number_no
),

price_claims as (
    select
        amounts.printed_text,
        amounts.number_no,
        concat_ws('', {{ figure_text('min(quantities.quantity)') }}, amounts.price_unit) as quantity_text,
        min(quantities.quantity) as quantity
    from amounts
    inner join quantities
        on
            amounts.printed_text = quantities.printed_text
            and amounts.price_unit = quantities.unit
    where amounts.amount_kind = 'price'
    group by amounts.printed_text, amounts.number_no, amounts.price_unit
    having count(distinct quantities.quantity) = 1
),

counted as (
    select * from wage_claims
    union all
    select * from price_claims
),

multiplied as (
    select
        amounts.printed_text,
        amounts.number_no,
        amounts.amount_kind,
        case when amounts.amount_kind in ('total', 'part') then amounts.amount_kind else 'computed' end as claim_type,
        amounts.amount_text,
        amounts.amount_cny,
        amounts.price_unit,
        amounts.is_vague,
        right(amounts.lead_clause, 16) as lead_text,
        counted.quantity,
        counted.quantity_text,
        case
            when amounts.period_name = '月' and amounts.times_per_year = 12
                then coalesce(printed_months.months, 12)
            else amounts.times_per_year
        end as times,
        amounts.period_name
    from amounts
    left join counted
        on amounts.printed_text = counted.printed_text and amounts.number_no = counted.number_no
    left join printed_months on amounts.printed_text = printed_months.printed_text
    -- a wage or a price without a quantity says nothing about the whole
    where amounts.amount_kind in ('total', 'part', 'period') or counted.quantity is not null
),

claims as (
    select
        printed_text,
        number_no,
        claim_type,
        -- so wide that no product overflows on the way
        {{ plausible_money(
            'cast(amount_cny as decimal(19, 6)) * coalesce(try_cast(quantity as decimal(13, 4)), 1)'
            ~ ' * cast(times as decimal(6, 2))'
        ) }} as claim_cny,
        is_vague,
        concat_ws(
            '',
            case when claim_type = 'total' then lead_text else '' end,
            case when amount_kind = 'wage' then concat_ws('', quantity_text, '×') else '' end,
            amount_text,
            case when price_unit is not null then concat_ws('', '/', price_unit, '×', quantity_text) else '' end,
            case
                when times <> 1 then concat_ws('', '×', {{ figure_text('cast(times as decimal(18, 4))') }}, period_name)
                else ''
            end
        ) as expression_text
    from multiplied
)

select * from claims
