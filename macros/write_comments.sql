{% macro write_comments() -%}
    {#- Descriptions as comments of the published tables and columns, in one statement: dbt's persist_docs runs one or two
        for each table, and leaves out sources. Tables that do not exist yet are passed over: a run may be of some models. -#}
    {{ adapter.dispatch('write_comments')() }}
{%- endmacro %}

{% macro duckdb__write_comments() -%}
    {% if execute and flags.WHICH in ('build', 'run') %}
        {% set made = {} %}
        {% for row in run_query("select schema_name || '.' || table_name from duckdb_tables() where database_name = current_database()").rows %}
            {% do made.update({row[0]: true}) %}
        {% endfor %}
        {% set statements = [] %}
        {% for node in graph.sources.values() | list + graph.nodes.values() | selectattr('resource_type', 'equalto', 'model') | list %}
            {% set relation = node.schema ~ '.' ~ node.name %}
            {% if relation in made %}
                {% do statements.append("comment on table " ~ relation ~ " is '" ~ (node.description | replace("'", "''")) ~ "'") %}
                {% for column in node.columns.values() %}
                    {% do statements.append(
                        "comment on column " ~ relation ~ "." ~ column.name ~ " is '" ~ (column.description | replace("'", "''")) ~ "'"
                    ) %}
                {% endfor %}
            {% endif %}
        {% endfor %}
        {{ statements | join(';\n') }}
    {% endif %}
{%- endmacro %}

{% macro spark__write_comments() -%}
    {#- A folder of Parquet files has no comments. -#}
{%- endmacro %}
