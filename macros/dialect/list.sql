{# Lists: their functions, and rows made of them. #}

{% macro list_size(list) -%}
    {{ adapter.dispatch('list_size')(list) }}
{%- endmacro %}

{% macro duckdb__list_size(list) -%}
    coalesce(len({{ list }}), 0)
{%- endmacro %}

{% macro spark__list_size(list) -%}
    coalesce(size({{ list }}), 0)
{%- endmacro %}

{% macro list_member(list, place) -%}
    {#- The member at a place from 1, or from the end (-1); NULL where there is none. -#}
    {{ adapter.dispatch('list_member')(list, place) }}
{%- endmacro %}

{% macro duckdb__list_member(list, place) -%}
    list_extract({{ list }}, {{ place }})
{%- endmacro %}

{% macro spark__list_member(list, place) -%}
    try_element_at({{ list }}, {{ place }})
{%- endmacro %}

{% macro list_only(list) -%}
    {#- The one member of a list; NULL where it has none or several. -#}
    case when {{ list_size(list) }} = 1 then {{ list_member(list, 1) }} end
{%- endmacro %}

{% macro list_distinct(list) -%}
    {{ adapter.dispatch('list_distinct')(list) }}
{%- endmacro %}

{% macro duckdb__list_distinct(list) -%}
    list_distinct({{ list }})
{%- endmacro %}

{% macro spark__list_distinct(list) -%}
    array_distinct({{ list }})
{%- endmacro %}

{% macro list_text(list, separator) -%}
    {{ adapter.dispatch('list_text')(list, separator) }}
{%- endmacro %}

{% macro duckdb__list_text(list, separator) -%}
    array_to_string({{ list }}, {{ separator }})
{%- endmacro %}

{% macro spark__list_text(list, separator) -%}
    array_join({{ list }}, {{ separator }})
{%- endmacro %}

{% macro list_of_each(list, member, expression) -%}
    {#- A list of what an expression makes of each member, by the name that it is given. -#}
    {{ adapter.dispatch('list_of_each')(list, member, expression) }}
{%- endmacro %}

{% macro duckdb__list_of_each(list, member, expression) -%}
    list_transform({{ list }}, lambda {{ member }}: {{ expression }})
{%- endmacro %}

{% macro spark__list_of_each(list, member, expression) -%}
    transform({{ list }}, {{ member }} -> {{ expression }})
{%- endmacro %}

{% macro list_where(list, member, condition) -%}
    {#- The members of a list of which a condition is true. -#}
    {{ adapter.dispatch('list_where')(list, member, condition) }}
{%- endmacro %}

{% macro duckdb__list_where(list, member, condition) -%}
    list_filter({{ list }}, lambda {{ member }}: {{ condition }})
{%- endmacro %}

{% macro spark__list_where(list, member, condition) -%}
    filter({{ list }}, {{ member }} -> {{ condition }})
{%- endmacro %}

{% macro list_in_order(list) -%}
    {{ adapter.dispatch('list_in_order')(list) }}
{%- endmacro %}

{% macro duckdb__list_in_order(list) -%}
    list_sort({{ list }})
{%- endmacro %}

{% macro spark__list_in_order(list) -%}
    sort_array({{ list }})
{%- endmacro %}

{% macro set_of(value) -%}
    {#- An aggregate: the values of a group as a list. -#}
    array_agg({{ value }})
{%- endmacro %}

{% macro in_set(set, value) -%}
    {#- Whether a list holds a value; false where there is no list. -#}
    coalesce(array_contains({{ set }}, {{ value }}), false)
{%- endmacro %}

{% macro text_in_order(text, order, separator) -%}
    {#- An aggregate: the texts of a group joined in an order. -#}
    {{ adapter.dispatch('text_in_order')(text, order, separator) }}
{%- endmacro %}

{% macro duckdb__text_in_order(text, order, separator) -%}
    string_agg({{ text }}, {{ separator }} order by {{ order }})
{%- endmacro %}

{% macro spark__text_in_order(text, order, separator) -%}
    listagg({{ text }}, {{ separator }}) within group (order by {{ order }})
{%- endmacro %}

{% macro row_per_member(relation, columns, members, number=none) -%}
    {#- One row per member of a list: columns of the relation, and the members of each list of {name: list}, all texts and
        equally many; number names a column for the place of the member, from 1. -#}
    {{ adapter.dispatch('row_per_member')(relation, columns, members, number) }}
{%- endmacro %}

{% macro duckdb__row_per_member(relation, columns, members, number) -%}
    select
        {{ columns }}
        {%- for name, list in members.items() %},
        unnest({{ list }}) as {{ name }}
        {%- endfor %}
        {%- if number %},
        generate_subscripts({{ members.values() | first }}, 1) as {{ number }}
        {%- endif %}
    from {{ relation }}
{%- endmacro %}

{% macro spark__row_per_member(relation, columns, members, number) -%}
    select
        {{ columns }}
        {%- for name in members %},
        list_member.{{ name }}
        {%- endfor %}
        {%- if number %},
        cast(list_place + 1 as bigint) as {{ number }}
        {%- endif %}
    from {{ relation }} lateral view posexplode(
        cast(arrays_zip({{ members.values() | join(', ') }}) as array<struct<{{ members | join(': string, ') }}: string>>)
    ) as list_place, list_member
{%- endmacro %}

{% macro numbers(last_number) -%}
    {#- A relation of one column, number: 1, 2 … last_number. -#}
    {{ adapter.dispatch('numbers')(last_number) }}
{%- endmacro %}

{% macro duckdb__numbers(last_number) -%}
    (select cast(number_at as integer) as number from unnest(generate_series(1, {{ last_number }})) as numbers (number_at))
{%- endmacro %}

{% macro spark__numbers(last_number) -%}
    (select explode(sequence(1, {{ last_number }})) as number)
{%- endmacro %}
