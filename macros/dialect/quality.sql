{# Comparing texts of a form: only files in macros/dialect/ hold a backslash. #}

{% macro without_numbers(text) -%}
    {#- A text without the numbers printed at the head of its lines (1.…, 2、…, （3）…); `1.5万元` is no number of a line. -#}
    regexp_replace({{ text }}, '(^|\n)[\s\p{Z}]*(?:[0-9０-９]{1,2}[.、．]|[(（][0-9０-９]{1,2}[)）])([^0-9０-９]|$)', '\1\2', 'g')
{%- endmacro %}

{% macro first_line(source_ref) -%}
    {#- The line that a place in a text document begins with; NULL for places in other formats. -#}
    try_cast({{ regexp_first(source_ref, "'^L([0-9]+)'", 1) }} as integer)
{%- endmacro %}

{% macro quoted(text) -%}
    {#- A text as a message quotes it: in one line, a long one cut; the whole stands in the evidence. -#}
    replace(case when length({{ text }}) > 60 then concat(left({{ text }}, 60), '…') else {{ text }} end, chr(10), ' ')
{%- endmacro %}

{% macro set_of(value) -%}
    {#- An aggregate: the values of a group as a list. -#}
    list({{ value }})
{%- endmacro %}

{% macro in_set(set, value) -%}
    {#- Whether a list holds a value; false where there is no list. -#}
    coalesce(list_contains({{ set }}, {{ value }}), false)
{%- endmacro %}

{% macro lines_of(relation, key, text, line) -%}
    {#- One row per line of a text. -#}
    select
        {{ key }},
        unnest(string_split({{ text }}, chr(10))) as {{ line }}
    from {{ relation }}
{%- endmacro %}

{% macro split_at_braces(template) -%}
    {#- A template as a list in which text and names of placeholders take turns: `a {b} c` is [a , b,  c]. -#}
    string_split_regex({{ template }}, '[{}]')
{%- endmacro %}

{% macro filled(pieces, relation, names) -%}
    {#- The text of a template (after split_at_braces) with the columns of a relation in place of their names, a NULL as
        nothing. A name that is no column given is an error. -#}
    array_to_string(
        list_transform({{ pieces }}, lambda piece, place: case
            when place % 2 = 1 then piece
            {% for name in names %}
            when piece = '{{ name }}' then coalesce(cast({{ relation }}.{{ name }} as varchar), '')
            {% endfor %}
            else error(concat('No value for {', piece, '} in a sentence of quality_rule'))
        end), ''
    )
{%- endmacro %}
