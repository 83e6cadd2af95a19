{# Comparing texts of a form: only files in macros/dialect/ hold a backslash. #}

{% macro without_numbers(text) -%}
    {#- A text without the numbers printed at the head of its lines (1.…, 2、…, （3）…); `1.5万元` is no number of a line. -#}
    {{ regexp_replace_all(
        text, "'(^|\\n)[\\s\\p{Z}]*(?:[0-9０-９]{1,2}[.、．]|[(（][0-9０-９]{1,2}[)）])([^0-9０-９]|$)'", "'\\1\\2'"
    ) }}
{%- endmacro %}

{% macro first_line(source_ref) -%}
    {#- The line that a place in a text document begins with; NULL for places in other formats. -#}
    try_cast({{ regexp_first(source_ref, "'^L([0-9]+)'", 1) }} as integer)
{%- endmacro %}

{% macro quoted(text) -%}
    {#- A text as a message quotes it: in one line, a long one cut; the whole is in the evidence. -#}
    replace(case when length({{ text }}) > 60 then concat_ws('', left({{ text }}, 60), '…') else {{ text }} end, chr(10), ' ')
{%- endmacro %}

{% macro lines_of(relation, key, text, line) -%}
    {#- One row per line of a text. -#}
    {{ row_per_member(relation, key, {line: 'split(' ~ text ~ ', chr(10))'}) }}
{%- endmacro %}

{% macro template_pieces(template) -%}
    {#- A template as a list of texts and placeholders: `a {b} c` is [a , {b},  c]. -#}
    {{ regexp_all(template, "'[{][a-z0-9_]+[}]|[^{]+'") }}
{%- endmacro %}

{% macro filled(pieces, relation, names) -%}
    {#- The text of a template (after template_pieces) with the columns of a relation in place of the placeholders of
        their names, a NULL as nothing. A placeholder without a column is an error. -#}
    {%- set value -%}
        case
            {% for name in names %}
            when piece = '{{ '{' ~ name ~ '}' }}' then coalesce(cast({{ relation }}.{{ name }} as string), '')
            {% endfor %}
            when left(piece, 1) = '{' then {{ failure("'No value for ' || piece || ' in a sentence of quality_rule'") }}
            else piece
        end
    {%- endset -%}
    {{ list_text(list_of_each(pieces, 'piece', value), "''") }}
{%- endmacro %}

{% macro failure(message) -%}
    {#- An expression that stops the query. -#}
    {{ adapter.dispatch('failure')(message) }}
{%- endmacro %}

{% macro duckdb__failure(message) -%}
    error({{ message }})
{%- endmacro %}

{% macro spark__failure(message) -%}
    raise_error({{ message }})
{%- endmacro %}
