{{ config(materialized='view') }}

{%- set topics = [
    'form', 'indicator', 'goal_wording', 'target_date', 'target_plausibility', 'cost', 'text_amounts',
    'budget_sum', 'plan', 'division_code', 'disclosure', 'reading', 'correction'
] -%}

with

{% for topic in topics %}
    applicable_by_{{ topic }} as (
        select * from {{ ref('int_applicable_' ~ topic) }}
    ),
{% endfor %}

combined as (
    {% for topic in topics %}
        select
            rule_id,
            project_id
        from applicable_by_{{ topic }}
        {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from combined
