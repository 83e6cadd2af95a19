{# Reading target cells: what SQL engines spell differently about patterns, replacements and lists. Only files in
   macros/dialect/ hold a backslash, because a literal with one means different things to DuckDB and Spark. #}

{% macro target_limit() -%}
    {#- Characters of a target cell that are read: a longer one is a list, where they say so, else text (R36). -#}
    500
{%- endmacro %}

{% macro target_head(text) -%}
    {#- A target cell as it is read, which is also its key: what is longer than the limit is one longer here. -#}
    left({{ text }}, {{ target_limit() }} + 1)
{%- endmacro %}

{% macro target_cell(text) -%}
    {#- A target cell ready to be read: without the numbering of its lines, white space, thousands separators and
        trailing punctuation, a percent word behind its number. Widths stay as printed, because the unit is quoted. White
        space between two digits is marked: `95 100` may be one figure or two, and nothing printed says which. -#}
    {%- set number = '[0-9０-９]+(?:[.．][0-9０-９]+)?' -%}
    {%- set thousands = '(^|[^0-9,])([0-9]{1,3}),([0-9]{3})(?:,([0-9]{3}))?(?:,([0-9]{3}))?([^0-9,]|$)' -%}
    {%- set steps = [
        ('(^|[\\n;；。])[\\s\\p{Z}]*[(（][0-9０-９]{1,2}[)）]', '\\1'),
        ('(^|[\\n;；。])[\\s\\p{Z}]*[0-9０-９]{1,2}[)）、.．]([\\s\\p{Z}]|[^0-9０-９\\s\\p{Z}])', '\\1\\2'),
        ('([0-9０-９])[\\s\\p{Z}]+([0-9０-９])', '\\1␠\\2'),
        ('([0-9０-９])[\\s\\p{Z}]+([0-9０-９])', '\\1␠\\2'),
        ('[\\s\\p{Z}\\x{200B}\\x{FEFF}]', ''),
        ('([0-9０-９])，([0-9０-９]{3})', '\\1,\\2'),
        ('([0-9０-９])，([0-9０-９]{3})', '\\1,\\2'),
        (thousands, '\\1\\2\\3\\4\\5\\6'),
        (thousands, '\\1\\2\\3\\4\\5\\6'),
        ('([０-９]),([０-９]{3})', '\\1\\2'),
        ('([０-９]),([０-９]{3})', '\\1\\2'),
        ('百分之百|百分百', '100百分之'),
        ('([百千]分之)(' ~ number ~ '|[零〇一二两三四五六七八九十百]+(?:点[零〇一二三四五六七八九]+)?)', '\\2\\1'),
        ('([0-9０-９十百千万亿][kKcC]?[mM])2', '\\1²'),
        ('([0-9０-９十百千万亿][kKcC]?[mM])3', '\\1³'),
        ('[(（]含[^()（）]*[)）]', '(含)'),
        ('([0-9０-９])[(（]([^()（）0-9０-９]{1,4})[)）]', '\\1\\2'),
        ('[。.．;；,，、!！]+$', ''),
    ] -%}
    {{ replaced_in_turn(text, steps) }}
{%- endmacro %}

{% macro dates_spelled_out(text) -%}
    {#- 2023-12-31, 2023/12/31, 2023.12.31, 2023-12, 2023.12 and 20231231 as 2023年12月31日. A year, a point and one
        digit stays a decimal number, and so does a year before 2000: only what can hardly be anything else. -#}
    {%- set steps = [
        ('((?:19|20)[0-9]{2})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})日?', '\\1年\\2月\\3日'),
        ('((?:19|20)[0-9]{2})[-/]([0-9]{1,2})月?([^-/0-9]|$)', '\\1年\\2月\\3'),
        ('^(20[0-4][0-9])[.](0[1-9]|1[0-2])$', '\\1年\\2月'),
        ('(20[0-4][0-9])[.]([0-9]{1,2})月?([底末前])', '\\1年\\2月\\3'),
        ('^(20[0-4][0-9])(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])$', '\\1年\\2月\\3日'),
    ] -%}
    {{ replaced_in_turn(text, steps) }}
{%- endmacro %}

{% macro with_leap_year(text) -%}
    {#- A date without a year (12月底前, 6月30日前, 12月, 年底, 当年12月, 第四季度, 上半年) as one of 2000, a leap year, so that
        every day has its place. 6月内 and ≤6月 are lengths of time. -#}
    {%- set number = '(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})' -%}
    {%- set month = number ~ '月' -%}
    {%- set month_alone = '(?:0?[1-9]|1[0-2]|十[一二]?|[一二三四五六七八九])月(?:[^内以之]|$)' -%}
    {%- set period = month ~ '(?:' ~ number ~ '[日号]|份?[底末]|份|之?前|以前|为?止)|年[底末]'
        ~ '|第[一二三四1-4]季度|[一二三四]季度|[上下]半年' -%}
    {{ replaced_in_turn(text, [
        ('^([^0-9]*?)[当本今]年度?(' ~ month ~ ')', '\\12000年\\2'),
        ('^([^0-9一二三四五六七八九十]*?)(?:[当本今](?:年度?)?)?(' ~ period ~ ')', '\\12000年\\2'),
        ('^([^0-9一二三四五六七八九十<>=≤≥过]*?)(' ~ month_alone ~ ')', '\\12000年\\2'),
    ]) }}
{%- endmacro %}

{% macro numbers_in(relation, key, text) -%}
    {#- One row per number in a text: its order from 1, the number and the text up to the next number, as printed. -#}
    {%- set pattern = "'([0-9０-９]+(?:[.．][0-9０-９]+)?)([^0-9０-９]*)'" -%}
    {{ row_per_member(
        relation,
        key ~ ", regexp_extract(" ~ text ~ ", '^[^0-9０-９]*', 0) as leading_text",
        {'number_text': regexp_all(text, pattern, 1), 'following_text': regexp_all(text, pattern, 2)},
        'number_no'
    ) }}
{%- endmacro %}

{% macro pieces_between(relation, key, text, separators) -%}
    {#- One row per piece of a text between separators (the inside of a character class). -#}
    {{ row_per_member(relation, key, {'piece': regexp_all(text, "'[^" ~ separators ~ "]+'")}) }}
{%- endmacro %}

{% macro cells_of(relation, key, text) -%}
    {#- One row per cell, as piece, of a text that is a row of a table. -#}
    {{ pieces_between(relation, key, text, '\t') }}
{%- endmacro %}

{% macro chinese_digits(text) -%}
    translate({{ text }}, '零〇○一二两三四五六七八九', '0001223456789')
{%- endmacro %}

{% macro chinese_digit(text) -%}
    cast({{ chinese_digits(text) }} as integer)
{%- endmacro %}

{% macro chinese_number(text) -%}
    {#- The value of a number under ten thousand in Chinese characters or in digits; NULL for anything else, and for
        一百五, which is 150 to the speaker and 105 to a machine. -#}
    {%- set digit = '[一二两三四五六七八九]' -%}
    {%- set zero = '[零〇○]?' -%}
    {%- set number = '^(?:' ~ digit ~ '千)?(?:' ~ zero ~ digit ~ '?百)?'
        ~ '(?:' ~ zero ~ digit ~ '?十)?(?:' ~ zero ~ digit ~ ')?$' -%}
    case
        when {{ text }} = '' then null
        when {{ regexp_like(text, "'^[0-9]+$'") }} then try_cast({{ text }} as integer)
        when {{ regexp_like(text, "'^[零〇○]$'") }} then 0
        when {{ regexp_like(text, "'[百千]" ~ digit ~ "$'") }} then null
        when {{ regexp_like(text, "'" ~ number ~ "'") }}
            then
                coalesce(1000 * {{ chinese_digit(regexp_first(text, "'(" ~ digit ~ ")千'", 1)) }}, 0)
                + case
                    when {{ text }} like '%百%'
                        then 100 * coalesce({{ chinese_digit(regexp_first(text, "'(" ~ digit ~ ")百'", 1)) }}, 1)
                    else 0
                end
                + case
                    when {{ text }} like '%十%'
                        then 10 * coalesce({{ chinese_digit(regexp_first(text, "'(" ~ digit ~ ")十'", 1)) }}, 1)
                    else 0
                end
                + coalesce({{ chinese_digit(regexp_first(text, "'(" ~ digit ~ ")$'", 1)) }}, 0)
    end
{%- endmacro %}

{% macro chinese_decimal(text) -%}
    {#- A number in Chinese characters, with decimals (九点五) or without, as a text in digits; NULL as chinese_number. -#}
    cast({{ chinese_number("split_part(" ~ text ~ ", '点', 1)") }} as string)
    || case when contains({{ text }}, '点') then '.' || {{ chinese_digits("split_part(" ~ text ~ ", '点', 2)") }} else '' end
{%- endmacro %}

{% macro names_something(text) -%}
    {#- Whether a text has a letter or character beside those of comparators and numbers, which name nothing. -#}
    {%- set nameless = '[以及之不未无上下内外左右约达至到超过于且并大小高低多少足满半几零一二两三四五六七八九十百千万亿]' -%}
    {{ regexp_like(regexp_replace_all(text, "'" ~ nameless ~ "'", "''"), "'[一-龥a-z]'") }}
{%- endmacro %}

{#- The first character is compared apart: as a condition of its own it lets a join of texts with words hash. -#}
{% macro begins_with(text, word) -%}
    (left({{ text }}, 1) = left({{ word }}, 1) and left({{ text }}, length({{ word }})) = {{ word }})
{%- endmacro %}

{% macro ends_in(text, word) -%}
    (right({{ text }}, 1) = right({{ word }}, 1) and right({{ text }}, length({{ word }})) = {{ word }})
{%- endmacro %}

{% macro is_longest(word, key) -%}
    {#- For QUALIFY behind a left join on words: keeps the longest match of each key, and keys without any. -#}
    row_number() over (partition by {{ key }} order by length({{ word }}) desc nulls last) = 1
{%- endmacro %}

{% macro may_state(text) -%}
    {#- Whether a prose text may hold a figure or a date. -#}
    {{ regexp_like(text, "'[0-9０-９]|百分|[年月][底末]|季度|半年'") }}
{%- endmacro %}

{% macro phrases_of(relation, key, text) -%}
    {#- One row per phrase of a prose text that holds a figure, in order: what stands between two marks of a sentence
        or in one cell of a table, without the number of a paragraph before it. A comma that parts thousands ends no phrase; 、 ends one behind a
        figure only: 健康、有序发展100%, but 道路3条、桥梁2座. -#}
    {%- set ordinal = "(^|[\\n。；;])[\\s\\p{Z}]*(?:[(（][0-9０-９]{1,2}[)）]|[⑴-⒇①-⑳])" -%}
    {%- set number = "(^|[\\n。；;：:])[\\s\\p{Z}]*[0-9０-９]{1,2}[.．、]([^0-9０-９])" -%}
    {%- set pattern = "[^0-9０-９，,。；;！!？?\\n\\t]*(?:[0-9０-９](?:[,，][0-9０-９]{3})+|[^，,。；;、！!？?\\n\\t])*" ~ taken_whole() -%}
    {%- set sentences -%}
        (
            select
                *,
                {{ replaced_in_turn(text, [(ordinal, '\\1'), (number, '\\1\\2')]) }} as sentences
            from {{ relation }}
        ) as unnumbered
    {%- endset -%}
    select
        {{ key }},
        phrase_no,
        {{ regexp_replace_all('piece', "'^[、\\s\\p{Z}]+|[\\s\\p{Z}]+$'", "''") }} as phrase_text
    from ({{ row_per_member(sentences, key, {'piece': regexp_all('sentences', "'" ~ pattern ~ "'")}, 'phrase_no') }}) as pieces
    where {{ may_state('piece') }}
{%- endmacro %}

{% macro bands_spelled_out(text) -%}
    {#- A standard ready to be cut into its bands: narrow, without white space and without what brackets say of the
        bounds (含); 60%≤得分<80%, [60%,80%) and (60%,80%] as 60%-80%; a blank behind a bound ends its band. -#}
    {%- set figure = '([0-9]+(?:[.][0-9]+)?(?:[%‰]|分)?)' -%}
    {%- set steps = [
        ('([%‰分上下内])[\\s\\p{Z}]+([^以之及内上下含()为是至到~—\\s\\p{Z}-])', '\\1，\\2'),
        ('[\\s\\p{Z}\\x{200B}\\x{FEFF}]', ''),
        ('[(][^()]{0,3}含[^()]{0,8}[)]', ''),
        (figure ~ '[≤<][^0-9≤<>≥=,，;；。、]{1,8}[≤<]' ~ figure, '\\1-\\2'),
        ('[\\[(]' ~ figure ~ '[,，]' ~ figure ~ '[\\])]', '\\1-\\2'),
        ('([%‰])([^以之及内上下的左右或且和与为是到至得，,；;。、:()<>≤≥=~—0-9-])', '\\1，\\2'),
    ] -%}
    {{ replaced_in_turn(narrow(text), steps) }}
{%- endmacro %}

{% macro tokens_of(relation, key, text, separators) -%}
    {#- One row per piece of a text between separators (the inside of a character class), with its order from 1. -#}
    {{ row_per_member(relation, key, {'token': regexp_all(text, "'[^" ~ separators ~ "]+'")}, 'token_no') }}
{%- endmacro %}

{% macro without_dates(text) -%}
    {#- A narrow text without years, months and days: 2024年引进3家 is 引进3家. -#}
    {{ regexp_replace_all(
        text, "'(?:(?:19|20)[0-9]{2}年度?|[0-9]{1,2}月份?|[0-9]{1,2}[日号])(?:[底末]?[之以]?前|[底末])?'", "''"
    ) }}
{%- endmacro %}

{% macro date_in_year(dates, year) -%}
    {#- The day that a row of int_target_date means; the given year stands in for one that is not printed. A day that the
        month of that year does not have is none. -#}
    case
        when not {{ dates }}.is_year_missing then {{ dates }}.target_date
        when {{ dates }}.month_number is null or {{ year }} is null then null
        when {{ dates }}.day_number is null
            then {{ last_day_of(date_of(year, dates ~ '.month_number', '1')) }}
        when {{ dates }}.day_number <= extract(day from {{ last_day_of(date_of(year, dates ~ '.month_number', '1')) }})
            then {{ date_of(year, dates ~ '.month_number', dates ~ '.day_number') }}
    end
{%- endmacro %}
