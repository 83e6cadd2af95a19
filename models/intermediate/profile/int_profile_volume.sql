with documents as (
    select * from {{ ref('dim_document') }}
    where is_current
),

budgets as (
    select * from {{ ref('fct_project_budget') }}
),

indicators as (
    select * from {{ ref('fct_indicator_target') }}
),

rejections as (
    select distinct document_id from {{ source('staging', 'rejection') }}
    where stage = 'load'
),

document_projects as (
    select
        document_id,
        count(*) as project_count
    from budgets
    group by document_id
),

project_indicators as (
    select
        project_id,
        document_id,
        count(*) as indicator_count
    from indicators
    group by project_id, document_id
),

document_indicators as (
    select
        document_id,
        count(*) as form_count,
        sum(indicator_count) as indicator_count
    from project_indicators
    group by document_id
),

-- a project whose row was rejected is not lost: the rejection names it
judged_documents as (
    select
        documents.*,
        document_projects.document_id is null and rejections.document_id is null as is_empty
    from documents
    left join document_projects on documents.document_id = document_projects.document_id
    left join rejections on documents.document_id = rejections.document_id
),

volumes as (
    select
        documents.division_code,
        documents.fiscal_year,
        count(*) as document_count,
        count(*) filter (where documents.is_empty) as empty_document_count,
        min(documents.file_name) filter (where documents.is_empty) as empty_document_text,
        cast(coalesce(sum(document_projects.project_count), 0) as bigint) as project_count,
        cast(coalesce(sum(document_indicators.form_count), 0) as bigint) as form_with_indicators_count,
        cast(coalesce(sum(document_indicators.indicator_count), 0) as bigint) as indicator_count
    from judged_documents as documents
    left join document_projects on documents.document_id = document_projects.document_id
    left join document_indicators on documents.document_id = document_indicators.document_id
    group by documents.division_code, documents.fiscal_year
)

select * from volumes
