{% macro comment_on_sources() -%}
    {#- dbt persists the descriptions of models only; the staging tables get theirs from models/sources.yml here. -#}
    {% if execute and flags.WHICH in ('build', 'run') %}
        {% set statements = [] %}
        {% for source in graph.sources.values() %}
            {% set relation = source.schema ~ '.' ~ source.identifier %}
            {% do statements.append("comment on table " ~ relation ~ " is '" ~ (source.description | replace("'", "''")) ~ "'") %}
            {% for column in source.columns.values() %}
                {% do statements.append(
                    "comment on column " ~ relation ~ "." ~ column.name ~ " is '" ~ (column.description | replace("'", "''")) ~ "'"
                ) %}
            {% endfor %}
        {% endfor %}
        {{ statements | join(';\n') }}
    {% endif %}
{%- endmacro %}
