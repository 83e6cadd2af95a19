{% macro assert_constraints(relation, constraints) -%}
    {#- A query that fails where a row breaks a constraint, and names both. DuckDB gives a table that a query makes no
        constraints, and a unique one, which would keep an index of every row in memory, lets NULL stand twice. -#}
    {%- if constraints %}
    select {{ failure("broken.claim || ' is broken by ' || broken.example") }}
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

{% macro spark__persist_constraints(relation, model) -%}
    {#- Spark holds no constraint of a table of files: each is asked right after its table is written. -#}
    {%- set constraints = model.constraints | list -%}
    {%- set filled = [] -%}
    {%- for constraint in constraints if constraint.type == 'primary_key' -%}
        {%- do filled.extend(constraint.columns) -%}
    {%- endfor -%}
    {%- for column in model.columns.values() -%}
        {%- for constraint in column.constraints -%}
            {%- if constraint.type in ('not_null', 'primary_key') and column.name not in filled -%}
                {%- do filled.append(column.name) -%}
            {%- endif -%}
            {%- if constraint.type in ('unique', 'primary_key') -%}
                {%- do constraints.append({'type': constraint.type, 'columns': [column.name]}) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- if filled -%}
        {%- do constraints.append({'type': 'not_null', 'columns': filled}) -%}
    {%- endif -%}
    {%- if constraints -%}
        {%- do run_query(assert_constraints(relation, constraints)) -%}
    {%- endif -%}
{%- endmacro %}

{% macro row_text(columns) -%}
    {#- Columns of a row as one text. -#}
    {{ adapter.dispatch('row_text')(columns) }}
{%- endmacro %}

{% macro duckdb__row_text(columns) -%}
    cast({{ columns[:-2] if columns.endswith('.*') else 'row(' ~ columns ~ ')' }} as string)
{%- endmacro %}

{% macro spark__row_text(columns) -%}
    to_json(struct({{ columns }}))
{%- endmacro %}

{% macro broken_by(relation, constraint) -%}
    {#- The rows that break a constraint: claim and example, both text. -#}
    {%- set columns = constraint.columns | join(', ') -%}
    {%- if constraint.type == 'not_null' -%}
        select 'not null ({{ columns }})' as claim, {{ row_text('made.*') }} as example
        from {{ relation }} as made
        where {% for column in constraint.columns %}{{ column }} is null{{ ' or ' if not loop.last }}{% endfor %}
    {%- elif constraint.type in ('unique', 'primary_key') -%}
        select '{{ constraint.type | replace('_', ' ') }} ({{ columns }})' as claim, {{ row_text(columns) }} as example
        from {{ relation }}
        group by {{ columns }}
        having count(*) > 1
    {%- elif constraint.type == 'check' -%}
        select 'check ({{ constraint.expression | replace("'", "''") }})' as claim, {{ row_text('made.*') }} as example
        from {{ relation }} as made
        where not ({{ constraint.expression }})
    {%- else -%}
        {{ exceptions.raise_compiler_error('No check of a constraint of the type ' ~ constraint.type) }}
    {%- endif -%}
{%- endmacro %}
