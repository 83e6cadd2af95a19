{% set year = "((?:19|20)[0-9]{2}|[一二][零〇○一二三四五六七八九]{3})年" %}
{% set date_cell = "'^([^0-9]*?)" ~ year
    ~ "(?:([0-9]{1,2}|[一二三四五六七八九十]{1,2})月份?(?:([0-9]{1,2}|[一二三四五六七八九十]{1,3})[日号])?)?"
    ~ "(?:[年月]?[底末])?(?:之?前|以前|之?内|以内|为?止)?(.*)$'" %}
{% set dated_month = "'" ~ year ~ "[0-9一二三四五六七八九十]{1,2}月'" %}

with

cells as (
    select * from {{ ref('int_target_cell') }}
),

words as (
    select * from {{ ref('target_date_word') }}
),

spelled_out as (
    select
        target_text,
        {{ dates_spelled_out('narrow_text') }} as dated_text
    from cells
),

parts as (
    select
        target_text,
        {{ match_count('dated_text', dated_month) }} as date_count,
        coalesce({{ regexp_first('dated_text', date_cell, 1) }}, '') as lead_text,
        {{ chinese_digit(regexp_first('dated_text', date_cell, 2)) }} as year_number,
        {{ regexp_first('dated_text', date_cell, 3) }} as month_text,
        {{ regexp_first('dated_text', date_cell, 4) }} as day_text,
        coalesce({{ regexp_first('dated_text', date_cell, 5) }}, '') as tail_text
    from spelled_out
),

-- A cell is a date when nothing is beside it but words like 截至 and 完成.
numbers as (
    select
        parts.target_text,
        parts.date_count,
        parts.year_number,
        case when parts.month_text is null then 12 else {{ chinese_number('parts.month_text') }} end as month_number,
        {{ chinese_number('parts.day_text') }} as day_number,
        case
            when parts.day_text is not null then 'day'
            when parts.month_text is not null then 'month'
            else 'year'
        end as date_precision,
        parts.year_number is not null
        and (parts.lead_text = '' or lead_words.word is not null)
        and (parts.tail_text = '' or tail_words.word is not null) as is_date
    from parts
    left join words as lead_words
        on lead_words.position = 'lead' and parts.lead_text = lead_words.word
    left join words as tail_words
        on tail_words.position = 'tail' and parts.tail_text = tail_words.word
),

months as (
    select
        *,
        case
            when is_date and month_number between 1 and 12
                then {{ last_day_of(date_of('year_number', 'month_number', '1')) }}
        end as last_day
    from numbers
),

days as (
    select
        target_text,
        date_count,
        is_date,
        date_precision,
        case
            when date_precision != 'day' then last_day
            when day_number between 1 and extract(day from last_day)
                then {{ date_of('year_number', 'month_number', 'day_number') }}
        end as target_date
    from months
),

dates as (
    select
        target_text,
        target_date,
        case when target_date is not null then date_precision end as date_precision,
        date_count,
        is_date and target_date is null as has_impossible_date
    from days
)

select * from dates
