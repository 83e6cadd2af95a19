{# A build writes into a new file, so a table is created under its own name: dbt's way by a second name, a rename and
   a backup costs four more statements each. Comments are written in one statement at the end (write_comments).
   Constraints of a table without a contract are checked right here: a data test of each would be a node of dbt's own.
   The rows of a published table are in the order of its columns, the key first: what a parallel query gives first would
   else differ from build to build. They are put in order as they come, or when all are made (is_ordered_apart). Rows of a
   kept model are added to those that it has, or made in parts (macros/kept_rows.sql). #}

{% materialization table, adapter='duckdb' %}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set is_kept = is_kept_from_before() -%}
    {{ run_hooks(pre_hooks) }}
    {% if not is_kept %}{% do drop_relation_if_exists(load_cached_relation(this)) %}{% endif %}
    {%- set unordered = 'rows_without_order' if is_ordered_apart() -%}
    {% if unordered %}
        {% call statement('unordered') -%}
            {% if is_made_in_parts() -%}
                {{ make_in_parts(unordered, compiled_code, is_temporary=true) }}
            {%- else -%}
                create or replace temp table {{ unordered }} as {{ compiled_code }}
            {%- endif %}
        {%- endcall %}
    {% endif %}
    {% call statement('main') -%}
        {% if is_kept -%}
            {{ add_rows(target_relation, compiled_code) }}
        {%- elif unordered -%}
            {{ create_table_as(false, target_relation, in_order('select * from ' ~ unordered, model)) }};
            drop table {{ unordered }};
        {%- elif is_made_in_parts() -%}
            {{ make_in_parts(target_relation, compiled_code) }}
        {%- else -%}
            {{ create_table_as(false, target_relation, in_order(compiled_code, model)) }}
        {%- endif %}
        {%- if not model.contract.enforced %}{{ assert_constraints(target_relation, model.constraints) }}{% endif %}
    {%- endcall %}
    {{ run_hooks(post_hooks) }}
    {{ adapter.commit() }}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{% macro is_published(model) -%}
    {{ return(model.schema in ['marts', 'quality', 'reports']) }}
{%- endmacro %}

{% macro is_ordered_apart() -%}
    {#- Whether the rows of this published table are all made before they are put in order: those that are made in parts, and
        of a query that needs the memory which the order would take from it (`meta.is_ordered_apart`). -#}
    {{ return(is_published(model) and (is_made_in_parts() or model.config.meta.get('is_ordered_apart'))) }}
{%- endmacro %}

{% macro in_order(query, model) -%}
    {#- The query of a published table with its rows in their order; that of another one as it is, and that of one which puts
        fewer rows in order before it makes those of the table (`meta.is_in_order`). -#}
    {%- if is_published(model) and not model.config.meta.get('is_in_order') -%}
        select * from (
            {{ query }}
        ) as unordered
        order by {{ row_order(model) | join(', ') or 'all' }}
    {%- else -%}
        {{ query }}
    {%- endif -%}
{%- endmacro %}

{% macro row_order(model) -%}
    {#- The columns that a published table is ordered by: the county, year and document of its rows, so that a filter on them
        reads a part of the file, then its key. Empty where it has no key: its rows are ordered by all columns. -#}
    {%- set keys = [] -%}
    {%- for constraint in model.constraints if constraint.type == 'primary_key' -%}
        {%- do keys.extend(constraint.columns) -%}
    {%- endfor -%}
    {%- for column in model.columns.values() if column.constraints | selectattr('type', 'equalto', 'primary_key') | list -%}
        {%- do keys.append(column.name) -%}
    {%- endfor -%}
    {%- set keys = keys or model.config.meta.get('key', []) -%}
    {%- set places = ['division_code', 'fiscal_year', 'document_id'] | select('in', model.columns) | list -%}
    {{ return((places + keys) | unique | list if keys else []) }}
{%- endmacro %}
