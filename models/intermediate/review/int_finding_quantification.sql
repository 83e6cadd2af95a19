with indicators as (
    select * from {{ ref('int_indicator_plain_text') }}
),

not_quantified as (
    select
        'Q05' as rule_id,
        document_id,
        project_id,
        indicator_no,
        coalesce(target_text, row_text) as evidence_text,
        case
            when target_kind = 'blank' then concat('指标“', label_text, '”没有指标值，未量化')
            else concat('指标“', label_text, '”的指标值“', target_quote, '”未量化')
        end as message_zh,
        case
            when target_kind = 'blank' then concat('indicator "', label_text, '" has no target, so none in figures')
            else concat('target "', target_quote, '" of indicator "', label_text, '" is not quantified')
        end as message_en,
        target_source_ref as source_ref
    from indicators
    where not is_quantified
),

repeated as (
    select
        'Q06' as rule_id,
        document_id,
        project_id,
        indicator_no,
        target_text as evidence_text,
        concat(
            '指标值“', target_quote, '”只是重复',
            case
                when target_plain_text = description_plain_text and target_plain_text = name_plain_text
                    then '三级指标和指标描述'
                when target_plain_text = name_plain_text then '三级指标'
                else '指标描述'
            end
        ) as message_zh,
        concat(
            'target "', target_quote, '" only repeats ',
            case
                when target_plain_text = description_plain_text and target_plain_text = name_plain_text
                    then 'its level-3 name and its description'
                when target_plain_text = name_plain_text then 'its level-3 name'
                else 'its description'
            end
        ) as message_en,
        target_source_ref as source_ref
    from indicators
    where
        target_kind <> 'blank'
        and (target_plain_text = description_plain_text or target_plain_text = name_plain_text)
),

without_target as (
    select
        'Q07' as rule_id,
        document_id,
        project_id,
        indicator_no,
        coalesce(target_text, row_text) as evidence_text,
        concat('指标“', label_text, '”没有填写指标值') as message_zh,
        concat('indicator "', label_text, '" has no target') as message_en,
        target_source_ref as source_ref
    from indicators
    where target_kind = 'blank'
),

options as (
    select
        'Q08' as rule_id,
        document_id,
        project_id,
        indicator_no,
        target_text as evidence_text,
        concat('指标“', label_text, '”的指标值“', target_quote, '”是是否类选项，不能衡量程度') as message_zh,
        concat('target "', target_quote, '" of indicator "', label_text, '" is an option, which measures no degree')
            as message_en,
        target_source_ref as source_ref
    from indicators
    where target_kind = 'yes_no'
),

unspecific as (
    select
        'Q09' as rule_id,
        document_id,
        project_id,
        indicator_no,
        row_text as evidence_text,
        concat('三级指标“', name_plain_text, '”与二级指标相同') as message_zh,
        concat('level-3 name "', name_plain_text, '" is the same as its level-2 category') as message_en,
        source_ref
    from indicators
    where name_plain_text = level2_plain_text
),

combined as (
    select * from not_quantified
    union all
    select * from repeated
    union all
    select * from without_target
    union all
    select * from options
    union all
    select * from unspecific
),

described as (
    select
        rule_id,
        'indicator' as subject_type,
        document_id,
        project_id,
        indicator_no,
        evidence_text,
        message_zh,
        message_en,
        source_ref
    from combined
)

select * from described
