with documents as (
    select * from {{ source('staging', 'document') }}
),

units as (
    select * from {{ ref('int_document_unit') }}
),

divisions as (
    select * from {{ ref('int_document_division') }}
),

years as (
    select * from {{ ref('int_document_year') }}
),

statuses as (
    select * from {{ ref('int_document_status') }}
),

amount_units as (
    select * from {{ ref('int_document_amount_unit') }}
),

taxonomies as (
    select * from {{ ref('int_document_taxonomy') }}
),

versions as (
    select * from {{ ref('int_document_version') }}
),

joined as (
    select
        documents.document_id,
        units.unit_id,
        divisions.division_id,
        divisions.division_code,
        divisions.division_basis,
        documents.file_name,
        documents.file_format,
        documents.title_text,
        years.fiscal_year,
        years.fiscal_year_start_date,
        years.fiscal_year_basis,
        years.fiscal_year_evidence_text,
        statuses.disclosure_status,
        statuses.published_on as published_date,
        amount_units.amount_unit,
        taxonomies.taxonomy_version,
        versions.is_current,
        statuses.source_url
    from documents
    inner join units on documents.document_id = units.document_id
    inner join divisions on documents.document_id = divisions.document_id
    inner join years on documents.document_id = years.document_id
    inner join statuses on documents.document_id = statuses.document_id
    inner join amount_units on documents.document_id = amount_units.document_id
    inner join versions on documents.document_id = versions.document_id
    left join taxonomies on documents.document_id = taxonomies.document_id
)

select * from joined
