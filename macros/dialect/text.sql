{# Text functions that engines spell differently. Patterns passed in hold no backslash (write [0-9], never \d):
   a plain literal with one means different things to DuckDB and Spark. #}

{% macro regexp_like(text, pattern) -%}
    regexp_matches({{ text }}, {{ pattern }})
{%- endmacro %}

{% macro regexp_first(text, pattern, group=0) -%}
    {#- The first match (or one group of it); NULL, never '', where nothing matches. -#}
    nullif(regexp_extract({{ text }}, {{ pattern }}, {{ group }}), '')
{%- endmacro %}

{% macro regexp_replace_all(text, pattern, replacement) -%}
    regexp_replace({{ text }}, {{ pattern }}, {{ replacement }}, 'g')
{%- endmacro %}

{% macro without_space(text) -%}
    {#- Text without any white space: the form in which texts are compared; NULL where nothing is left. -#}
    nullif(regexp_replace({{ text }}, '[\s\p{Z}\x{200B}\x{FEFF}]', '', 'g'), '')
{%- endmacro %}

{% macro narrow(text) -%}
    {#- Full-width digits, letters and signs as their half-width forms, the typographic variants of a sign as one. -#}
    translate(
        {{ text }},
        '０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ．，％＝＞＜＋－～／（）：﹪≧≦⩾⩽〜∼',
        '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.,%=><+-~/():%≥≤≥≤~~'
    )
{%- endmacro %}

{% macro hash_id(parts) -%}
    {#- A stable identifier of 16 hexadecimal digits; the parts are separated so that no two lists collide. -#}
    substr(md5(concat_ws('|', {% for part in parts %}coalesce(cast({{ part }} as varchar), ''){{ ", " if not loop.last }}{% endfor %})), 1, 16)
{%- endmacro %}

{% macro last_stated(value) -%}
    {#- A window function: the last value of the frame that is not NULL. -#}
    last_value({{ value }} ignore nulls)
{%- endmacro %}
