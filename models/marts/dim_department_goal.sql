with documents as (
    select * from {{ ref('dim_document') }}
    where is_current
),

goals as (
    select * from {{ ref('int_department_goal') }}
),

described as (
    select
        goals.department_goal_id,
        goals.document_id,
        documents.unit_id,
        documents.division_id,
        documents.division_code,
        documents.fiscal_year,
        documents.fiscal_year_start_date,
        goals.section_no,
        goals.section_type,
        goals.goal_no,
        goals.duty_name,
        goals.activity_name,
        goals.goal_text,
        goals.indicator_text,
        goals.standard_text,
        goals.is_repeated,
        goals.source_ref
    from goals
    inner join documents on goals.document_id = documents.document_id
)

select * from described
