{# Decimal arithmetic. DuckDB divides decimals as DOUBLE, so no model writes `/` between figures. #}

{% macro ratio(numerator, denominator) -%}
    {#- Share of two money columns as decimal(18,6), rounded half up; NULL where the denominator is 0 or NULL,
        and where the share has more digits than its column.
        In whole fen and integers, so that no digit passes through floating point. -#}
    {{ adapter.dispatch('ratio')(numerator, denominator) }}
{%- endmacro %}

{% macro in_fen(amount) -%}
    {#- An amount without its sign, in whole fen. -#}
    abs(cast(cast({{ amount }} as decimal(38, 2)) * 100 as decimal(38, 0)))
{%- endmacro %}

{% macro duckdb__ratio(numerator, denominator) -%}
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

{% macro spark__ratio(numerator, denominator) -%}
    {#- `div` gives a bigint, and sign a double: what is left over is taken off before an exact division. -#}
    {%- set doubled = in_fen(numerator) ~ ' * 2000000 + ' ~ in_fen(denominator) -%}
    {%- set divisor = in_fen(denominator) ~ ' * 2' -%}
    try_cast(
        case
            when {{ denominator }} = 0 then null
            else
                case when ({{ numerator }} < 0) = ({{ denominator }} < 0) then 1 else -1 end
                * try_divide({{ doubled }} - ({{ doubled }}) % ({{ divisor }}), {{ divisor }})
                * cast(0.000001 as decimal(7, 6))
        end as decimal(18, 6)
    )
{%- endmacro %}
