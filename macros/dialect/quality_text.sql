{# Text of the quality rules: amounts printed for people, bigrams, and what the extraction of amounts needs. #}

{% macro money_text(amount) -%}
    {#- An amount of money with thousands separators and two decimals: 403,200.00. -#}
    concat_ws(
        '',
        case when {{ amount }} < 0 then '-' else '' end,
        {{ with_thousands_separators('cast(floor(abs(' ~ amount ~ ')) as decimal(38, 0))') }},
        '.',
        right(cast(cast(abs({{ amount }}) as decimal(38, 2)) as string), 2)
    )
{%- endmacro %}

{% macro with_thousands_separators(number) -%}
    {#- A whole number as a text: 403,200. -#}
    {{ adapter.dispatch('with_thousands_separators')(number) }}
{%- endmacro %}

{% macro duckdb__with_thousands_separators(number) -%}
    format('{:,}', cast({{ number }} as hugeint))
{%- endmacro %}

{% macro spark__with_thousands_separators(number) -%}
    format_number({{ number }}, 0)
{%- endmacro %}

{% macro figure_text(figure) -%}
    {#- A decimal without the zeros at its end: 1680, 0.5. -#}
    {{ replaced_in_turn('cast(' ~ figure ~ ' as string)', [('([.][0-9]*?)0+$', '\\1'), ('[.]$', '')]) }}
{%- endmacro %}

{% macro without_brackets(text) -%}
    {#- What is outside brackets of any width; a bracket that nobody closed takes the rest. Most texts have none:
        the pattern is tried only where one is. -#}
    case
        when instr({{ text }}, '(') + instr({{ text }}, '（') + instr({{ text }}, '【') + instr({{ text }}, '[') > 0
            then {{ regexp_replace_all(text, "'[(（【\\[][^()（）【】\\[\\]]*[)）】\\]]?'", "''") }}
        else {{ text }}
    end
{%- endmacro %}

{% macro words_only(text) -%}
    {#- Characters, letters and digits; anything else as one blank. -#}
    {{ regexp_replace_all(text, "'[^一-龥A-Za-z0-9]+'", "' '") }}
{%- endmacro %}

{% macro bigrams(text) -%}
    {#- The distinct pairs of neighbouring characters of a text (after words_only); none spans a blank. -#}
    {{ adapter.dispatch('bigrams')(text) }}
{%- endmacro %}

{% macro duckdb__bigrams(text) -%}
    list_distinct(list_filter(
        list_transform(range(1, length({{ text }})), lambda place: substr({{ text }}, place, 2)),
        lambda pair: not contains(pair, ' ')
    ))
{%- endmacro %}

{% macro spark__bigrams(text) -%}
    array_distinct(filter(
        transform(sequence(1, greatest(length({{ text }}) - 1, 1)), place -> substr({{ text }}, place, 2)),
        pair -> length(pair) = 2 and not contains(pair, ' ')
    ))
{%- endmacro %}

{% macro found_in(pairs, text) -%}
    {#- The members of a list that are in a text, as a sorted list. -#}
    {{ list_in_order(list_where(pairs, 'pair', 'contains(' ~ text ~ ', pair)')) }}
{%- endmacro %}

{% macro not_found_in(pairs, text) -%}
    {#- The members of a list that are not in a text. -#}
    {{ list_where(pairs, 'pair', 'not contains(' ~ text ~ ', pair)') }}
{%- endmacro %}

{% macro resemblance_limit() -%}
    {#- From this share of a project's name on it is said to be like a goal of the department: a limit of ours, below
        which a pair or two may be shared by chance. -#}
    0.25
{%- endmacro %}

{% macro prose_head(text) -%}
    {#- The part of a purpose or of goals in which amounts are looked for: what is longer is reported (R36). It is also
        the key of what is found in it, so that no text is held once for each of its figures. -#}
    left({{ text }}, {{ prose_limit() }})
{%- endmacro %}

{% macro prose_limit() -%}
    4000
{%- endmacro %}

{% macro figure_limit() -%}
    {#- Figures that are read in one text; the others are reported (R36). -#}
    200
{%- endmacro %}

{% macro amount_text(text) -%}
    {#- Prose ready for amounts: narrow, without white space, a line break as a full stop, no thousands separators,
        人均 as 每人. -#}
    {{ replaced_in_turn('replace(' ~ narrow(text) ~ ", chr(10), '。')", [
        ('[\\s\\p{Z}\\x{200B}\\x{FEFF}]', ''),
        ('([0-9]),([0-9]{3})([^0-9]|$)', '\\1\\2\\3'),
        ('([0-9]),([0-9]{3})([^0-9]|$)', '\\1\\2\\3'),
        ('([人月年户亩])均', '每\\1'),
    ]) }}
{%- endmacro %}

{% macro members(relation, key, text, pattern) -%}
    {#- One row per match of a pattern's first group in a text. -#}
    {{ row_per_member(relation, key, {'member': regexp_all(text, pattern, 1)}) }}
{%- endmacro %}

{% macro occurrences(text, word) -%}
    {#- How often a word stands in a text. -#}
    cast((length({{ text }}) - length(replace({{ text }}, {{ word }}, ''))) / length({{ word }}) as bigint)
{%- endmacro %}
