{% macro mean_ratio(share) -%}
    {#- An aggregate: the unweighted mean of a share (decimal(18,6)), half up; NULL where no row states it. -#}
    {{ ratio('cast(sum(' ~ share ~ ') * 1000000 as decimal(38, 0))', 'count(' ~ share ~ ') * 1000000') }}
{%- endmacro %}
