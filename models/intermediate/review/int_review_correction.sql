with corrections as (
    select * from {{ ref('int_correction') }}
),

documents as (
    select * from {{ ref('dim_document') }}
    where is_current
),

projects as (
    select * from {{ ref('dim_project') }}
),

-- a correction of a file that is not loaded has no document to name
judged as (
    select
        'R32' as rule_id,
        documents.document_id,
        true as is_failing,
        count(*) as correction_count,
        {{ text_in_order(
            "concat_ws(
                '',
                corrections.source_ref, ' ', corrections.column_name, '：', coalesce(corrections.printed_text, '（空白）'),
                case corrections.status when 'ambiguous' then ' 有几处' else ' 不在原处' end
            )",
            'corrections.correction_id', "'；'"
        ) }} as evidence_text,
        {{ text_in_order('corrections.source_ref', 'corrections.correction_id', "'+'") }} as source_ref
    from corrections
    inner join documents on corrections.document_id = documents.document_id
    where corrections.status in ('mismatched', 'ambiguous')
    group by documents.document_id
),

asked as (
    select distinct
        'R32' as rule_id,
        projects.document_id,
        projects.project_id
    from projects
    inner join corrections on projects.document_id = corrections.document_id
),

reviewed as (
    {{ reviewed('judged', 'document', ['correction_count', 'evidence_text'], asked='asked') }}
)

select * from reviewed
