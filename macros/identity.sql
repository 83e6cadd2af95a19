{# Identifiers made here: each is spelled once. #}

{% macro project_id(row) -%}
    {#- The identifier of the project of a row: its document, its order in the document. -#}
    {{ row }}.document_id || '-' || cast({{ row }}.project_no as string)
{%- endmacro %}

{% macro indicator_id(row) -%}
    {#- The identifier of the indicator of a row: its project, its order in the form. -#}
    {{ project_id(row) }} || '-' || cast({{ row }}.indicator_no as string)
{%- endmacro %}

{% macro department_goal_id(row) -%}
    {#- The identifier of the department's goal of a row: its document, its order in part one. -#}
    {{ row }}.document_id || '-d' || cast({{ row }}.goal_no as string)
{%- endmacro %}

{% macro unit_id(division_code, unit_code, unit_name) -%}
    {#- A budget unit's stable identifier: its code within its division, without a code its name; NULL without both.
        Codes are unique only within a division, so where the division is unknown the name is beside the code:
        else two counties' units would pass for one, and one of their documents for a version of the other. -#}
    case
        when {{ unit_code }} is null and {{ unit_name }} is null then null
        when {{ unit_code }} is null then {{ hash_id([division_code, without_space(unit_name)]) }}
        when {{ division_code }} is null then {{ hash_id([division_code, unit_code, without_space(unit_name)]) }}
        else {{ hash_id([division_code, unit_code]) }}
    end
{%- endmacro %}

{% macro codes_beside_names(units, place, name) -%}
    {#- The code that is printed beside a unit's name in a place (a document, a division), where there is one only. -#}
    select
        {{ place }},
        {{ name }},
        min(unit_code) as unit_code
    from {{ units }}
    where {{ place }} is not null and {{ name }} is not null
    group by {{ place }}, {{ name }}
    having count(distinct unit_code) = 1
{%- endmacro %}

{% macro latest_divisions(divisions) -%}
    {#- The latest name of each division, with the names above it: the columns that name_in_division reads. -#}
    select
        division_code,
        division_name,
        prefecture_name,
        province_name
    from {{ divisions }}
    qualify row_number() over (partition by division_code order by valid_from_year desc) = 1
{%- endmacro %}

{% macro name_in_division(unit_name, division, line) -%}
    {#- A unit's name as its division would print it today: 财政局, 乐亭县财政局 and 河北省唐山市乐亭县财政局 are one unit of
        乐亭县, and 南和县财政局 is one of 南和区, whose name its county now has. division and line are relations with the
        columns of latest_divisions beside the name; without a division the name stays. -#}
    {%- set name = namespace(text=unit_name) -%}
    {%- for column in ['province_name', 'prefecture_name', 'division_name'] -%}
        {%- set name.text = without_prefix(name.text, division ~ '.' ~ column) -%}
    {%- endfor -%}
    coalesce({{ line }}.division_name, '') || {{ name.text }}
{%- endmacro %}

{% macro is_whole_text(title) -%}
    {#- Whether a title is that of a unit's whole text on its budget, not of the form of one project. -#}
    coalesce({{ regexp_like(narrow(without_space(title)), "'绩效文本|部门预算.{0,2}公开|公开情况说明'") }}, false)
{%- endmacro %}

{% macro without_prefix(text, prefix) -%}
    case
        when {{ begins_with(text, prefix) }} and length({{ text }}) > length({{ prefix }})
            then substr({{ text }}, length({{ prefix }}) + 1)
        else {{ text }}
    end
{%- endmacro %}
