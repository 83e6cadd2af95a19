with reviews as (
    select * from {{ to_read(ref('int_review'), 'document_id') }}
    where project_id is not null
),

verdicts as (
    select
        project_id,
        {{ set_of('rule_id') }} filter (where status = 'fail') as failed_rule_ids,
        {{ set_of('rule_id') }} filter (where status = 'applicable') as applicable_rule_ids
    from reviews
    group by project_id
)

select * from verdicts
