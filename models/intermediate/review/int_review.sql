{{ config(materialized='view') }}

{%- set topics = [
    'presence', 'goal', 'goal_wording', 'quantification', 'target_plausibility', 'cost', 'text_amounts', 'budget_sum', 'fund',
    'negative_money', 'long_text', 'copy', 'plan', 'project_code', 'basis', 'reuse', 'disclosure', 'reading_document', 'reading_form', 'reading_plan',
    'reading_indicator', 'reading_observation', 'correction', 'department', 'weight', 'result'
] -%}

with

{% for topic in topics %}
    review_of_{{ topic }} as (
        select * from {{ ref('int_review_' ~ topic) }}
    ),
{% endfor %}

combined as (
    {% for topic in topics %}
        select
            rule_id,
            document_id,
            project_id,
            indicator_no,
            status,
            evidence_text,
            message,
            source_ref
        from review_of_{{ topic }}
        {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from combined
