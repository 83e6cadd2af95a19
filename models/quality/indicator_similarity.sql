with similarities as (
    select
        indicator_id,
        project_id,
        document_id,
        division_code,
        indicator_no,
        similarity_ratio,
        evidence_text,
        source_ref
    from {{ ref('int_indicator_similarity') }}
)

select * from similarities
