{# Patterns that a seed holds as data. An engine compiles a pattern that is a constant once, and one of a column for each row,
   which took most of a model's time. So the patterns of the seed are written into the statement; the seed stays what says
   which row has which. #}

{% macro patterns_of(seed) -%}
    {#- The distinct patterns of a seed, in their order; none where models are not run: seeds may not be there.
        None in a unit test, whose seeds are the rows that it gives. -#}
    {%- if execute and graph.nodes and flags.WHICH in ('build', 'run') -%}
        {%- set relation = graph.nodes['seed.' ~ project_name ~ '.' ~ seed].relation_name -%}
        {{ return(run_query('select distinct pattern from ' ~ relation ~ ' order by pattern').columns[0].values()) }}
    {%- endif -%}
    {{ return([]) }}
{%- endmacro %}

{% macro with_each(patterns, pattern) -%}
    {#- What the caller makes of a pattern, with the constant for each of these patterns; one that is not among them is taken
        from the column, so the result does not depend on the list. -#}
    {%- if not patterns %}{{ return(caller(pattern)) }}{% endif -%}
    case {{ pattern }}
        {% for known in patterns -%}
            {%- set constant = "'" ~ (known | replace("'", "''")) ~ "'" -%}
            when {{ constant }} then {{ caller(constant) }}
        {% endfor -%}
        else {{ caller(pattern) }}
    end
{%- endmacro %}
