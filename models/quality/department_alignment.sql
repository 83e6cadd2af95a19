with alignments as (
    select
        project_id,
        department_goal_id,
        document_id,
        division_code,
        similarity_ratio,
        is_alike,
        evidence_text,
        source_ref
    from {{ ref('int_department_alignment') }}
)

select * from alignments
