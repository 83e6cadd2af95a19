{{ config(pre_hook="{{ remember_facts() }}", post_hook="{{ compare_facts() }}") }}

{#- What the models that are kept by facts read beside rows that are kept themselves. -#}
{%- set inputs = [
    'dim_document', 'dim_form', 'dim_project', 'dim_department_goal', 'fct_department_standard',
    'fct_department_target', 'fct_indicator_target', 'fct_project_budget', 'int_corrected_goal',
    'int_corrected_project', 'int_project_amount_unit', 'int_project_context'
] -%}
{#- The same of a project, without its document. -#}
{%- set inputs_of_projects = ['int_project_amount', 'int_project_budget'] -%}

with divisions as (
    select * from {{ ref('dim_division') }}
),

units as (
    select * from {{ ref('dim_unit') }}
),

documents as (
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
{% for input in inputs_of_projects %}
    {{ input }} as (
        select
            projects.document_id,
            {{ row_hash('read_rows') }} as row_hash
        from {{ ref(input) }} as read_rows
        inner join projects on read_rows.project_id = projects.project_id
    ),

{% endfor %}
dim_division as (
    select
        documents.document_id,
        {{ row_hash('divisions') }} as row_hash
    from documents
    inner join divisions on documents.division_id = divisions.division_id
),

dim_unit as (
    select
        documents.document_id,
        {{ row_hash('units') }} as row_hash
    from documents
    inner join units on documents.unit_id = units.unit_id
),

hashed as (
    {% for input in inputs + inputs_of_projects + ['dim_division', 'dim_unit'] %}
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
