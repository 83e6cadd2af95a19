with corrected_documents as (
    select distinct document_id from {{ ref('int_correction') }}
    where document_id is not null
),

projects as (
    select
        project_id,
        document_id
    from {{ ref('dim_project') }}
),

described as (
    select
        'R32' as rule_id,
        projects.project_id
    from projects
    inner join corrected_documents on projects.document_id = corrected_documents.document_id
)

select * from described
