{# Text as it is compared, and what is made of it. #}

{% macro without_space(text) -%}
    {#- Text without any white space: the form in which texts are compared; NULL where nothing is left. -#}
    nullif({{ regexp_replace_all(text, "'[\\s\\p{Z}\\x{200B}\\x{FEFF}]'", "''") }}, '')
{%- endmacro %}

{% macro trimmed(text) -%}
    {#- Text without the spaces of any width at its ends. -#}
    {{ adapter.dispatch('trimmed')(text) }}
{%- endmacro %}

{% macro duckdb__trimmed(text) -%}
    trim({{ text }})
{%- endmacro %}

{% macro spark__trimmed(text) -%}
    {{ regexp_replace_all(text, "'^\\p{Zs}+|\\p{Zs}+$'", "''") }}
{%- endmacro %}

{% macro narrow(text) -%}
    {#- Full-width digits, letters and signs as their half-width forms, the typographic variants of a sign as one. -#}
    {{ adapter.dispatch('narrow')(
        text,
        '０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ．，％＝＞＜＋－～／（）：﹪≧≦⩾⩽〜∼',
        '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.,%=><+-~/():%≥≤≥≤~~'
    ) }}
{%- endmacro %}

{% macro duckdb__narrow(text, wide, narrow) -%}
    {#- A text is asked first whether it has any: most have none, and translate makes its table of signs anew for each
        text. -#}
    case
        when {{ regexp_like(text, "'[" ~ wide ~ "]'") }}
            then translate({{ text }}, '{{ wide }}', '{{ narrow }}')
        else {{ text }}
    end
{%- endmacro %}

{% macro spark__narrow(text, wide, narrow) -%}
    translate({{ text }}, '{{ wide }}', '{{ narrow }}')
{%- endmacro %}

{% macro hash_id(parts) -%}
    {#- A stable identifier of 16 hexadecimal digits; the parts are separated so that no two lists collide. -#}
    substr(md5(concat_ws('|', {% for part in parts %}coalesce(cast({{ part }} as string), ''){{ ", " if not loop.last }}{% endfor %})), 1, 16)
{%- endmacro %}

{% macro last_stated(value) -%}
    {#- A window function: the last value of the frame that is not NULL. -#}
    {{ adapter.dispatch('last_stated')(value) }}
{%- endmacro %}

{% macro duckdb__last_stated(value) -%}
    last_value({{ value }} ignore nulls)
{%- endmacro %}

{% macro spark__last_stated(value) -%}
    last_value({{ value }}) ignore nulls
{%- endmacro %}

{% macro all_but(relation, columns) -%}
    {#- Every column of a relation but those of a list. -#}
    {{ adapter.dispatch('all_but')(relation, columns) }}
{%- endmacro %}

{% macro duckdb__all_but(relation, columns) -%}
    {{ relation ~ '.' if relation }}* exclude ({{ columns | join(', ') }})
{%- endmacro %}

{% macro spark__all_but(relation, columns) -%}
    {{ relation ~ '.' if relation }}* except ({{ columns | join(', ') }})
{%- endmacro %}
