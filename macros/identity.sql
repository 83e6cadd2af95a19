{% macro unit_id(division_code, unit_code, unit_name) -%}
    {#- A budget unit's stable identifier: its code within its division, without a code its name; NULL without both.
        Codes are unique only within a division, so where the division is unknown the name stands beside the code:
        else two counties' units would pass for one, and one of their documents for a version of the other. -#}
    case
        when {{ unit_code }} is null and {{ unit_name }} is null then null
        when {{ unit_code }} is null then {{ hash_id([division_code, without_space(unit_name)]) }}
        when {{ division_code }} is null then {{ hash_id([division_code, unit_code, without_space(unit_name)]) }}
        else {{ hash_id([division_code, unit_code]) }}
    end
{%- endmacro %}
