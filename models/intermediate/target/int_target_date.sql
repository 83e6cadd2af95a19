{% set year = "((?:19|20)[0-9]{2}|[一二][零〇○一二三四五六七八九]{3})年" %}
{% set month = "([0-9]{1,2}|[一二三四五六七八九十]{1,2})月份?(?:([0-9]{1,2}|[一二三四五六七八九十]{1,3})[日号])?" %}
{% set date_cell = "'^([^0-9]*?)" ~ year
    ~ "(?:" ~ month ~ "|度?第?([一二三四1-4])季度|度?([上下])半年)?"
    ~ "(?:[年月]?[底末])?(?:之?前|以前|之?内|以内|为?止)?(.*)$'" %}
{% set dated_month = "'" ~ year ~ "[0-9一二三四五六七八九十]{1,2}月'" %}

with

cells as (
    select * from {{ to_read(ref('int_target_cell')) }}
),

words as (
    select * from {{ ref('target_date_word') }}
),

spelled_out as (
    select
        target_text,
        {{ dates_spelled_out('narrow_text') }} as printed_text
    from cells
),

dated as (
    select
        target_text,
        printed_text,
        {{ regexp_like('printed_text', "'" ~ year ~ "'") }} as has_year,
        case
            when {{ regexp_like('printed_text', "'" ~ year ~ "'") }} then printed_text
            else {{ with_leap_year('printed_text') }}
        end as dated_text
    from spelled_out
),

parts as (
    select
        target_text,
        has_year,
        {{ match_count('printed_text', dated_month) }} as date_count,
        coalesce({{ regexp_first('dated_text', date_cell, 1) }}, '') as lead_text,
        {{ chinese_digit(regexp_first('dated_text', date_cell, 2)) }} as year_number,
        {{ regexp_first('dated_text', date_cell, 3) }} as month_text,
        {{ regexp_first('dated_text', date_cell, 4) }} as day_text,
        {{ regexp_first('dated_text', date_cell, 5) }} as quarter_text,
        {{ regexp_first('dated_text', date_cell, 6) }} as half_text,
        coalesce({{ regexp_first('dated_text', date_cell, 7) }}, '') as tail_text
    from dated
),

-- A cell is a date when nothing is beside it but words like 截至 and 完成.
numbers as (
    select
        parts.target_text,
        parts.date_count,
        parts.has_year,
        parts.year_number,
        case
            when parts.month_text is not null then {{ chinese_number('parts.month_text') }}
            when parts.quarter_text is not null then 3 * {{ chinese_number('parts.quarter_text') }}
            when parts.half_text = '上' then 6
            else 12
        end as month_number,
        {{ chinese_number('parts.day_text') }} as day_number,
        case
            when parts.day_text is not null then 'day'
            when coalesce(parts.month_text, parts.quarter_text, parts.half_text) is not null then 'month'
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
        *,
        case
            when date_precision != 'day' then last_day
            when day_number between 1 and extract(day from last_day)
                then {{ date_of('year_number', 'month_number', 'day_number') }}
        end as dated_day
    from months
),

-- the fiscal year of the document stands in for a year that is not printed: here its month and day are known
dates as (
    select
        target_text,
        case when has_year then dated_day end as target_date,
        case when dated_day is not null then date_precision end as date_precision,
        date_count,
        is_date and dated_day is null as has_impossible_date,
        is_date and not has_year as is_year_missing,
        case when dated_day is not null and not has_year then month_number end as month_number,
        case when dated_day is not null and not has_year and date_precision = 'day' then day_number end as day_number
    from days
)

select * from dates
