{% macro date_of(year, month, day) -%}
    make_date({{ year }}, {{ month }}, {{ day }})
{%- endmacro %}

{% macro last_day_of(date) -%}
    last_day({{ date }})
{%- endmacro %}

{% macro days_between(first_day, last_day) -%}
    {#- A relation of one column, date_day: every day from the first to the last. -#}
    (select cast(day_at as date) as date_day from unnest(generate_series(date '{{ first_day }}', date '{{ last_day }}', interval 1 day)) as days (day_at))
{%- endmacro %}
