{# Regular expressions, in the spelling that DuckDB's RE2 and Spark's Java both read but for what engine_pattern says.
   A pattern is an SQL expression: a literal, a column, or literals and columns joined. Only files in macros/dialect/ hold
   a backslash. #}

{% macro engine_pattern(pattern) -%}
    {{ adapter.dispatch('engine_pattern')(pattern) }}
{%- endmacro %}

{% macro duckdb__engine_pattern(pattern) -%}
    {{ pattern }}
{%- endmacro %}

{% macro spark__engine_pattern(pattern) -%}
    {#- Java takes [ and & in a class for a class in it, . and $ for something else at a line break, \s for one more
        character; and a literal of Spark halves its backslashes. What is outside quotes is SQL and stays. -#}
    {%- set signs = [] -%}
    {%- set state = namespace(is_literal=false, is_escaped=false, place_in_class=0) -%}
    {%- for sign in pattern -%}
        {%- if sign == "'" -%}
            {%- set state.is_literal = not state.is_literal -%}
            {%- do signs.append(sign) -%}
        {%- elif not state.is_literal -%}
            {%- do signs.append(sign) -%}
        {%- elif state.is_escaped -%}
            {%- set state.is_escaped = false -%}
            {%- do signs.append('\\\\t\\\\n\\\\f\\\\r ' if sign == 's' else '\\\\' ~ sign) -%}
        {%- elif sign == '\\' -%}
            {%- set state.is_escaped = true -%}
            {%- set state.place_in_class = 2 if state.place_in_class else 0 -%}
        {%- elif not state.place_in_class -%}
            {%- set state.place_in_class = 1 if sign == '[' else 0 -%}
            {%- do signs.append({'$': '\\\\z', '.': '[^\\\\n]'}.get(sign, sign)) -%}
        {%- elif sign == ']' and state.place_in_class == 2 -%}
            {%- set state.place_in_class = 0 -%}
            {%- do signs.append(sign) -%}
        {%- else -%}
            {%- set state.place_in_class = 1 if sign == '^' and state.place_in_class == 1 else 2 -%}
            {%- do signs.append('\\\\' ~ sign if sign in '[]&' else sign) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ signs | join }}
{%- endmacro %}

{% macro taken_whole() -%}
    {#- Behind the last repetition of a pattern: Java goes down one level of its stack for each repetition of a group
        that it may have to give back, and falls over on a long text. -#}
    {{ adapter.dispatch('taken_whole')() }}
{%- endmacro %}

{% macro duckdb__taken_whole() -%}
{%- endmacro %}

{% macro spark__taken_whole() -%}
    +
{%- endmacro %}

{% macro regexp_like(text, pattern) -%}
    {{ adapter.dispatch('regexp_like')(text, engine_pattern(pattern)) }}
{%- endmacro %}

{% macro duckdb__regexp_like(text, pattern) -%}
    regexp_matches({{ text }}, {{ pattern }})
{%- endmacro %}

{% macro spark__regexp_like(text, pattern) -%}
    regexp_like({{ text }}, {{ pattern }})
{%- endmacro %}

{% macro regexp_first(text, pattern, group=0) -%}
    {#- The first match (or one group of it); NULL, never '', where nothing matches. -#}
    nullif(regexp_extract({{ text }}, {{ engine_pattern(pattern) }}, {{ group }}), '')
{%- endmacro %}

{% macro regexp_all(text, pattern, group=0) -%}
    {#- Every match (or one group of it), as a list. -#}
    regexp_extract_all({{ text }}, {{ engine_pattern(pattern) }}, {{ group }})
{%- endmacro %}

{% macro match_count(text, pattern) -%}
    {{ list_size(regexp_all(text, pattern)) }}
{%- endmacro %}

{% macro regexp_distinct(text, pattern) -%}
    {#- The distinct texts of a pattern's first group, as a list. -#}
    {{ list_distinct(regexp_all(text, pattern, 1)) }}
{%- endmacro %}

{% macro regexp_replace_all(text, pattern, replacement) -%}
    {#- Every match replaced; \1 in the replacement is the first group. -#}
    {{ adapter.dispatch('regexp_replace_all')(text, engine_pattern(pattern), replacement) }}
{%- endmacro %}

{% macro duckdb__regexp_replace_all(text, pattern, replacement) -%}
    regexp_replace({{ text }}, {{ pattern }}, {{ replacement }}, 'g')
{%- endmacro %}

{% macro spark__regexp_replace_all(text, pattern, replacement) -%}
    regexp_replace({{ text }}, {{ pattern }}, {{ replacement | replace('\\', '$') }})
{%- endmacro %}

{% macro replaced_in_turn(text, steps) -%}
    {#- A text after a list of (pattern, replacement), one after the other, each without quotes. -#}
    {%- set ns = namespace(text=text) -%}
    {%- for pattern, replacement in steps -%}
        {%- set ns.text = regexp_replace_all(ns.text, "'" ~ pattern ~ "'", "'" ~ replacement ~ "'") -%}
    {%- endfor -%}
    {{ ns.text }}
{%- endmacro %}
