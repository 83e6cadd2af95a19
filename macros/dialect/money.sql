{# Figures in cells, and the few list functions that engines spell differently. #}

{% macro cell_text(text) -%}
    {#- A cell's text without white space and in half width; NULL where white space is between two digits:
        `25 30` may be one figure or two, and nothing printed says which. -#}
    case
        when not regexp_matches({{ narrow(text) }}, '[0-9],?[\s\p{Z}]+[0-9]') then {{ without_space(narrow(text)) }}
    end
{%- endmacro %}

{% macro figure_pattern() -%}
    {#- A whole cell of one figure. Groups: 1 bracket (a negative figure), 2 minus, 3 digits, 4 what is behind.
        A comma counts only where it parts thousands. -#}
    '^(?:人民币|RMB)?[¥￥]?([(]?)[¥￥]?([-−]?)[¥￥]?((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:[.][0-9]+)?)([%]|百分比|[百十千万萬亿億]*[元圆圓])?(?:人民币|整)?[)]?$'
{%- endmacro %}

{% macro figure_number(cell) -%}
    {#- The figure of a cell (after cell_text) as an exact decimal; NULL where the cell is no single figure. -#}
    (
        case
            when
                {{ regexp_first(cell, figure_pattern(), 1) }} is not null
                or {{ regexp_first(cell, figure_pattern(), 2) }} is not null then -1
            else 1
        end * try_cast(replace({{ regexp_first(cell, figure_pattern(), 3) }}, ',', '') as decimal(28, 10))
    )
{%- endmacro %}

{% macro figure_unit(cell) -%}
    {#- The unit printed behind the figure of a cell: %, 百分比 or a unit of money. -#}
    {{ regexp_first(cell, figure_pattern(), 4) }}
{%- endmacro %}

{% macro is_dash(text) -%}
    {#- A mark that says that nothing is stated. -#}
    regexp_matches({{ without_space(narrow(text)) }}, '^([-—–―_/*]+|无|暂无)$')
{%- endmacro %}

{% macro cell_figures(cells, column) -%}
    {#- One row per distinct text of a column of cells: the figure, the unit printed behind it, whether it is a dash. Each
        spelling is read once: the same few are in most cells. -#}
    select
        {{ column }},
        {{ figure_number('plain_text') }} as figure,
        {{ figure_unit('plain_text') }} as printed_unit,
        {{ is_dash(column) }} as is_dash
    from (
        select
            {{ column }},
            {{ cell_text(column) }} as plain_text
        from (select distinct {{ column }} from {{ cells }} where {{ column }} is not null)
    )
{%- endmacro %}

{% macro amount_unit_words(text) -%}
    {#- The distinct units of money named in a unit line (单位：万元), as a list. A unit is behind a sign or a word
        that leads to it: 元 alone is also part of names (广元市). -#}
    list_distinct(regexp_extract_all(
        {{ without_space(narrow(text)) }},
        '(?:^|[:、,;()/]|位|人民币|为|或|以|额)([百十千万萬亿億]*[元圆圓])', 1
    ))
{%- endmacro %}

{% macro regexp_distinct(text, pattern) -%}
    {#- The distinct texts of a pattern's first group, as a list. -#}
    list_distinct(regexp_extract_all({{ text }}, {{ pattern }}, 1))
{%- endmacro %}

{% macro list_size(list) -%}
    coalesce(len({{ list }}), 0)
{%- endmacro %}

{% macro list_only(list) -%}
    {#- The one member of a list; NULL where it has none or several. -#}
    case when len({{ list }}) = 1 then list_extract({{ list }}, 1) end
{%- endmacro %}

{% macro text_in_order(text, order, separator) -%}
    {#- An aggregate: the texts of a group joined in an order. -#}
    string_agg({{ text }}, {{ separator }} order by {{ order }})
{%- endmacro %}

{% macro numbers(last_number) -%}
    {#- A relation of one column, number: 1, 2 … last_number. -#}
    (select cast(number_at as integer) as number from unnest(generate_series(1, {{ last_number }})) as numbers (number_at))
{%- endmacro %}

{% macro arabic_digits(text) -%}
    {#- Chinese digits one by one as Arabic ones: 二〇二三年 -> 2023年. -#}
    translate({{ text }}, '〇○◯零ＯOo一二三四五六七八九', '0000000123456789')
{%- endmacro %}

{% macro arabic_numbers(text) -%}
    {#- Chinese numbers below one hundred as well: 二月十五日 -> 2月15日. Only for reading dates. -#}
    replace(regexp_replace(regexp_replace(regexp_replace(
        {{ arabic_digits(text) }},
        '([0-9])十([0-9])', '\1\2', 'g'), '([0-9])十', '\10', 'g'), '十([0-9])', '1\1', 'g'), '十', '10')
{%- endmacro %}
