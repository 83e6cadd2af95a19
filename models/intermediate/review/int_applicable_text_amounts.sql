with texts as (
    select * from {{ ref('int_text_amount_check') }}
),

targets as (
    select * from {{ ref('int_target_amount_check') }}
),

applicable as (
    select
        'Q18' as rule_id,
        project_id
    from texts
    union
    select
        'Q18' as rule_id,
        project_id
    from targets
)

select * from applicable
