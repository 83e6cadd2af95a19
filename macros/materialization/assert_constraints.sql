{% macro assert_constraints(relation, constraints) -%}
    {#- A query that fails where a row breaks a constraint, and names both. DuckDB gives a table that a query makes no
        constraints, and a unique one, which would keep an index of every row in memory, lets NULL stand twice. -#}
    {%- if constraints %}
    select error(broken.claim || ' is broken by ' || broken.example)
    from (
        {% for constraint in constraints %}
            (
                {{ broken_by(relation, constraint) }}
                limit 1
            )
            {{ 'union all' if not loop.last }}
        {% endfor %}
    ) as broken
    {%- endif %}
{%- endmacro %}

{% macro broken_by(relation, constraint) -%}
    {#- The rows that break a constraint: claim and example, both text. -#}
    {%- set columns = constraint.columns | join(', ') -%}
    {%- if constraint.type == 'not_null' -%}
        select 'not null ({{ columns }})' as claim, cast(made as string) as example
        from {{ relation }} as made
        where {% for column in constraint.columns %}{{ column }} is null{{ ' or ' if not loop.last }}{% endfor %}
    {%- elif constraint.type == 'unique' -%}
        select 'unique ({{ columns }})' as claim, cast(row({{ columns }}) as string) as example
        from {{ relation }}
        group by {{ columns }}
        having count(*) > 1
    {%- elif constraint.type == 'check' -%}
        select 'check ({{ constraint.expression | replace("'", "''") }})' as claim, cast(made as string) as example
        from {{ relation }} as made
        where not ({{ constraint.expression }})
    {%- else -%}
        {{ exceptions.raise_compiler_error('No check of a constraint of the type ' ~ constraint.type) }}
    {%- endif -%}
{%- endmacro %}
