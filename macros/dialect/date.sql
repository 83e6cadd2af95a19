{% macro date_of(year, month, day) -%}
    make_date({{ year }}, {{ month }}, {{ day }})
{%- endmacro %}

{% macro last_day_of(date) -%}
    last_day({{ date }})
{%- endmacro %}

{% macro days_between(first_day, last_day) -%}
    {#- A relation of one column, date_day: every day from the first to the last. -#}
    {{ adapter.dispatch('days_between')(first_day, last_day) }}
{%- endmacro %}

{% macro duckdb__days_between(first_day, last_day) -%}
    (select cast(day_at as date) as date_day from unnest(generate_series(date '{{ first_day }}', date '{{ last_day }}', interval 1 day)) as days (day_at))
{%- endmacro %}

{% macro spark__days_between(first_day, last_day) -%}
    (select explode(sequence(date '{{ first_day }}', date '{{ last_day }}', interval 1 day)) as date_day)
{%- endmacro %}

{% macro reported_month(text) -%}
    {#- The month up to which a header reports (1-6月执行数, 截至7月底, 半年度, 前三季度); NULL where it names none. -#}
    {%- set month = regexp_first(text, "'([0-9]{1,2}) *月'", 1) -%}
    case
        when try_cast({{ month }} as integer) between 1 and 12 then try_cast({{ month }} as integer)
        when {{ regexp_like(text, "'半年'") }} then 6
        when {{ regexp_like(text, "'[三3] *季度'") }} then 9
        when {{ regexp_like(text, "'[二2] *季度'") }} then 6
        when {{ regexp_like(text, "'[一1] *季度'") }} then 3
    end
{%- endmacro %}
