with projects as (
    select * from {{ ref('dim_project') }}
),

project_codes as (
    select * from {{ ref('int_project_code') }}
    where code_division_code is not null
),

documents as (
    select * from {{ ref('dim_document') }}
),

compared as (
    select
        projects.project_id,
        projects.document_id,
        projects.project_code,
        project_codes.code_division_code,
        projects.division_code,
        project_codes.code_division_code = projects.division_code as is_same_division,
        documents.division_basis = 'code_majority' as is_division_from_codes,
        projects.source_ref
    from projects
    inner join project_codes on projects.project_id = project_codes.project_id
    inner join documents on projects.document_id = documents.document_id
    where projects.division_code is not null
),

-- a code that helped to find the division cannot confirm it
checked as (
    select * from compared
    where not (is_division_from_codes and is_same_division)
)

select * from checked
