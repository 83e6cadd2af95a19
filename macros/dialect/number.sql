{# Decimal arithmetic. DuckDB divides decimals as DOUBLE, so no model writes `/` between figures. #}

{% macro ratio(numerator, denominator) -%}
    {#- Share of two money columns as decimal(18,6), rounded half up; NULL where the denominator is 0 or NULL,
        and where the share has more digits than its column.
        In whole fen and integers, so that no digit passes through floating point. -#}
    try_cast(
        case
            when {{ denominator }} = 0 then null
            else
                sign({{ numerator }}) * sign({{ denominator }}) * (
                    (abs(cast(cast({{ numerator }} as decimal(38, 2)) * 100 as hugeint)) * 2000000 + abs(cast(cast({{ denominator }} as decimal(38, 2)) * 100 as hugeint)))
                    // (abs(cast(cast({{ denominator }} as decimal(38, 2)) * 100 as hugeint)) * 2)
                ) * cast(0.000001 as decimal(7, 6))
        end as decimal(18, 6)
    )
{%- endmacro %}
