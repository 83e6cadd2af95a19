with judged as (
    select * from {{ ref('int_target_plausibility') }}
),

rates_without_percent as (
    select
        'Q13' as rule_id,
        document_id,
        project_id,
        indicator_no,
        target_text,
        concat('“', label_text, '”是比率，指标值“', target_quote, '”的单位不是百分号')
            as message_zh,
        concat('"', label_text, '" is a rate, its target "', target_quote, '" carries no %')
            as message_en,
        target_source_ref
    from judged
    where is_rate and not carries_percent
),

percents as (
    select
        *,
        coalesce(target_value_to, target_value) > 100 as is_over_hundred
    from judged
    where is_percent
),

percents_at_the_limit as (
    select
        'Q14' as rule_id,
        document_id,
        project_id,
        indicator_no,
        target_text,
        concat(
            '指标值“', target_quote,
            case
                when is_over_hundred then '”超过100%'
                when comparator in ('>=', '>') then '”以100%为下限'
                else '”定为100%，没有余地'
            end
        ) as message_zh,
        concat(
            'target "', target_quote,
            case
                when is_over_hundred then '" exceeds 100%'
                when comparator in ('>=', '>') then '" takes 100% for a lower bound'
                else '" is a flat 100%, with no margin'
            end
        ) as message_en,
        target_source_ref
    from percents
    where
        is_over_hundred
        or (target_value = 100 and target_value_to is null and coalesce(comparator, '=') in ('=', '>=', '>'))
),

directions_in_doubt as (
    select
        'Q15' as rule_id,
        document_id,
        project_id,
        indicator_no,
        target_text,
        concat(
            '“', label_text, '”的指标值“', target_quote,
            case
                when comparator in ('>=', '>') then '”是下限，成本应有上限'
                else '”是上限，产出数量应有下限'
            end
        ) as message_zh,
        concat(
            'target "', target_quote, '" of "', label_text, '" is ',
            case
                when comparator in ('>=', '>') then 'a lower bound; a cost should have an upper one'
                else 'an upper bound; an output should have a lower one'
            end
        ) as message_en,
        target_source_ref
    from judged
    where direction_reason is not null
),

combined as (
    select * from rates_without_percent
    union all
    select * from percents_at_the_limit
    union all
    select * from directions_in_doubt
),

findings as (
    select
        rule_id,
        'indicator' as subject_type,
        document_id,
        project_id,
        indicator_no,
        target_text as evidence_text,
        message_zh,
        message_en,
        target_source_ref as source_ref
    from combined
)

select * from findings
