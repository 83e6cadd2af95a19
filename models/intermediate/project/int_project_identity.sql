with projects as (
    select
        document_id,
        project_no,
        project_name,
        {{ without_space('project_name') }} as plain_name
    from {{ ref('int_corrected_project') }}
),

contexts as (
    select * from {{ ref('int_project_context') }}
),

project_codes as (
    select * from {{ ref('int_project_code') }}
),

numbered as (
    select
        document_id,
        project_no,
        project_name,
        plain_name,
        row_number() over (partition by document_id, plain_name order by project_no) as name_ordinal
    from projects
),

identified as (
    select
        contexts.project_id,
        case
            when project_codes.is_code_recognised and project_codes.is_code_unique
                then {{ hash_id(['contexts.unit_id', 'project_codes.project_code']) }}
            else {{ hash_id(['contexts.unit_id', 'numbered.plain_name', 'numbered.name_ordinal']) }}
        end as project_key
    from contexts
    inner join numbered
        on
            contexts.document_id = numbered.document_id
            and contexts.project_no = numbered.project_no
    inner join project_codes on contexts.project_id = project_codes.project_id
)

select * from identified
