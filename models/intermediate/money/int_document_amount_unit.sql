with documents as (
    select document_id from {{ source('staging', 'document') }}
),

manifest as (
    select
        document_id,
        {{ without_space('amount_unit') }} as amount_unit
    from {{ source('staging', 'manifest') }}
),

project_units as (
    select * from {{ ref('int_project_amount_unit') }}
),

amounts as (
    select * from {{ ref('int_project_amount') }}
),

used_units as (
    select
        document_id,
        form_unit as amount_unit
    from project_units
    union
    select
        document_id,
        amount_unit
    from project_units
    where amount_unit_basis = 'document'
    union
    select
        project_units.document_id,
        amounts.cell_unit as amount_unit
    from amounts
    inner join project_units on amounts.project_id = project_units.project_id
),

counted as (
    select
        document_id,
        count(distinct amount_unit) as unit_count,
        min(amount_unit) as amount_unit
    from used_units
    group by document_id
),

decided as (
    select
        documents.document_id,
        case
            when manifest.amount_unit is not null then manifest.amount_unit
            when counted.unit_count = 1 then counted.amount_unit
            when counted.unit_count > 1 then 'mixed'
            else 'unknown'
        end as amount_unit
    from documents
    left join manifest on documents.document_id = manifest.document_id
    left join counted on documents.document_id = counted.document_id
)

select * from decided
