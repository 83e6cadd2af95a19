{{ config(pre_hook="{{ remember_facts() }}", post_hook="{{ compare_facts() }}") }}

{#- What the models that are kept by facts read beside rows that are kept themselves. -#}
{%- set inputs = [
    'dim_document', 'dim_form', 'dim_project', 'dim_department_goal', 'fct_department_standard',
    'fct_department_target', 'fct_indicator_target', 'fct_project_budget', 'int_corrected_goal',
    'int_corrected_project', 'int_project_amount_unit', 'int_project_context'
] -%}
{#- The same without its document: through which relation and column it has one. -#}
{%- set inputs_through = {
    'int_project_amount': ('projects', 'project_id'),
    'int_project_budget': ('projects', 'project_id'),
    'dim_division': ('documents', 'division_id'),
    'dim_unit': ('documents', 'unit_id'),
} -%}

with documents as (
    select * from {{ ref('dim_document') }}
),

projects as (
    select * from {{ ref('int_project_context') }}
),

{% for input in inputs %}
    {{ input }} as (
        select
            read_rows.document_id,
            {{ row_hash('read_rows') }} as row_hash
        from {{ ref(input) }} as read_rows
    ),

{% endfor %}
{% for input, (through, key) in inputs_through.items() %}
    {{ input }} as (
        select
            {{ through }}.document_id,
            {{ row_hash('read_rows') }} as row_hash
        from {{ ref(input) }} as read_rows
        inner join {{ through }} on read_rows.{{ key }} = {{ through }}.{{ key }}
    ),

{% endfor %}
hashed as (
    {% for input in inputs + inputs_through | list %}
        select
            document_id,
            '{{ input }}' as input_name,
            row_hash
        from {{ input }}
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

facts as (
    select
        document_id,
        input_name,
        count(*) as row_count,
        sum(row_hash) as rows_hash
    from hashed
    group by document_id, input_name
)

select * from facts
