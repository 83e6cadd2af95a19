with corrections as (
    select * from {{ ref('int_correction') }}
    where status in ('mismatched', 'ambiguous')
),

documents as (
    select document_id from {{ ref('dim_document') }}
    where is_current
),

listed as (
    select
        documents.document_id,
        count(*) as correction_count,
        {{ text_in_order(
            "concat(
                corrections.source_ref, ' ', corrections.column_name, '：', coalesce(corrections.printed_text, '（空白）'),
                case corrections.status when 'ambiguous' then ' 有几处' else ' 不在原处' end
            )",
            'corrections.correction_id', "'；'"
        ) }} as correction_text,
        {{ text_in_order('corrections.source_ref', 'corrections.correction_id', "'+'") }} as source_ref
    from corrections
    inner join documents on corrections.document_id = documents.document_id
    group by documents.document_id
),

described as (
    select
        'R32' as rule_id,
        'document' as subject_type,
        document_id,
        cast(null as varchar) as project_id,
        cast(null as integer) as indicator_no,
        correction_text as evidence_text,
        concat(cast(correction_count as varchar), ' 处登记的更正不再适用：', correction_text) as message_zh,
        concat(cast(correction_count as varchar), ' recorded corrections no longer apply; nothing was corrected there')
            as message_en,
        source_ref
    from listed
)

select * from described
