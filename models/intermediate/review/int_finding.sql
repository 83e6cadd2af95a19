{{ config(materialized='view') }}

{%- set topics = [
    'presence', 'goal', 'goal_wording', 'quantification', 'target_date', 'target_plausibility', 'cost',
    'text_amounts', 'budget_sum', 'plan', 'identity', 'division_code', 'basis', 'reuse', 'disclosure',
    'reading_document', 'reading_form', 'reading_indicator', 'reading_observation', 'correction'
] -%}

with

{% for topic in topics %}
    findings_of_{{ topic }} as (
        select * from {{ ref('int_finding_' ~ topic) }}
    ),
{% endfor %}

combined as (
    {% for topic in topics %}
        select
            rule_id,
            subject_type,
            document_id,
            project_id,
            indicator_no,
            evidence_text,
            message_zh,
            message_en,
            source_ref
        from findings_of_{{ topic }}
        {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from combined
