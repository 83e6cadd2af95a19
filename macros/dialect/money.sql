{# Figures in cells, and amounts of money. #}

{% macro cell_text(text) -%}
    {#- A cell's text as figure_pattern reads it: without white space, in half width, a figure in brackets as a
        negative one, without a note in brackets behind an amount. A unit in such brackets (25（万元）) stays, and so does the name of
        another currency (25（美元）), which makes the cell no figure. NULL where white space is between two digits:
        `25 30` may be one figure or two, and nothing printed says which. -#}
    {%- set steps = [
        ('^((?:人民币|RMB)?[¥￥]?)[(]([^()]*)[)]$', '\\1-\\2'),
        ('^([^()]+)[(](?:人民币)?([%]|百分比|[百十千万萬亿億]*[元圆圓])[)]$', '\\1\\2'),
        ('^([^()]+)[(][^()元圆圓币镑美欧]*[)]$', '\\1'),
        ('^([^()]+)[(](?:人民币|[^()]*[0-9][^()]*)[)]$', '\\1'),
    ] -%}
    case
        when not {{ regexp_like(narrow(text), "'[0-9],?[\\s\\p{Z}]+[0-9]'") }}
            then {{ replaced_in_turn(without_space(narrow(text)), steps) }}
    end
{%- endmacro %}

{% macro figure_pattern() -%}
    {#- A whole cell of one figure. Groups: 1 sign, 2 digits, 3 what is behind: %, 百分比, a unit of money, a scale alone.
        A comma counts only where it parts thousands. -#}
    '^(?:人民币|RMB)?[¥￥]?([-−﹣+﹢]?)[¥￥]?((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:[.][0-9]+)?)([%]|百分比|[百十千万萬亿億]*[元圆圓]|[百十千万萬亿億]+)?(?:人民币|整|正)?$'
{%- endmacro %}

{% macro figure_number(cell) -%}
    {#- The figure of a cell (after cell_text) as an exact decimal; NULL where the cell is no single figure, or one of
        more digits than any amount has. -#}
    cast(
        cast(case when {{ regexp_first(cell, figure_pattern(), 1) }} in ('-', '−', '﹣') then -1 else 1 end as decimal(1, 0))
        * try_cast(replace({{ regexp_first(cell, figure_pattern(), 2) }}, ',', '') as decimal(28, 10)) as decimal(28, 10)
    )
{%- endmacro %}

{% macro is_dash(text) -%}
    {#- A mark that says that nothing is stated, or nothing that can be seen. -#}
    coalesce({{ regexp_like(without_space(narrow(text)), "'^([-—–―_/*]+|无|暂无)$'") }}, true)
{%- endmacro %}

{% macro cell_figures(cells, column) -%}
    {#- One row per distinct text of a column of cells: whether it is a figure, the figure, the unit printed behind it
        (万 as 万元, with is_yuan_missing), whether it is a dash. Each spelling is read once: the same few are in most
        cells. -#}
    select
        {{ column }},
        is_figure,
        figure,
        case when is_yuan_missing then concat_ws('', behind_figure, '元') else behind_figure end as printed_unit,
        is_yuan_missing,
        is_dash
    from (
        select
            {{ column }},
            coalesce({{ regexp_like('plain_text', figure_pattern()) }}, false) as is_figure,
            {{ figure_number('plain_text') }} as figure,
            {{ regexp_first('plain_text', figure_pattern(), 3) }} as behind_figure,
            coalesce({{ regexp_like(regexp_first('plain_text', figure_pattern(), 3), "'^[百十千万萬亿億]+$'") }}, false)
                as is_yuan_missing,
            {{ is_dash(column) }} as is_dash
        from (
            select
                {{ column }},
                {{ cell_text(column) }} as plain_text
            from (select distinct {{ column }} from {{ cells }} where {{ column }} is not null)
        )
    )
{%- endmacro %}

{% macro plausible_money(amount) -%}
    {#- An amount in yuan, rounded half up to fen; NULL where it is more than any budget can be (seed money_bound). -#}
    case
        when abs({{ amount }}) <= (select bounds.bound_cny from {{ ref('money_bound') }} as bounds)
            then cast({{ amount }} as decimal(18, 2))
    end
{%- endmacro %}

{% macro money_sum(sum) -%}
    {#- A sum of money as a column of money; NULL where it has more digits than such a column (rule R35 says so). -#}
    try_cast({{ sum }} as decimal(18, 2))
{%- endmacro %}

{% macro amount_unit_words(text) -%}
    {#- The distinct units of money named in a unit line (单位：万元), as a list. A unit is behind a sign or a word
        that leads to it: 元 alone is also part of names (广元市). -#}
    {{ regexp_distinct(
        without_space(narrow(text)), "'(?:^|[:、,;()/]|位|人民币|为|或|以|额)([百十千万萬亿億]*[元圆圓])'"
    ) }}
{%- endmacro %}

{% macro arabic_digits(text) -%}
    {#- Chinese digits one by one as Arabic ones: 二〇二三年 -> 2023年. -#}
    translate({{ text }}, '〇○◯零ＯOo一二三四五六七八九', '0000000123456789')
{%- endmacro %}

{% macro arabic_numbers(text) -%}
    {#- Chinese numbers below one hundred as well: 二月十五日 -> 2月15日. Only for reading dates. -#}
    {{ replaced_in_turn(arabic_digits(text), [
        ('([0-9])十([0-9])', '\\1\\2'),
        ('([0-9])十', '\\10'),
        ('十([0-9])', '1\\1'),
        ('十', '10'),
    ]) }}
{%- endmacro %}
