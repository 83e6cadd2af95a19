with identities as (
    select * from {{ ref('int_project_identity') }}
),

forms as (
    select
        document_id,
        project_no,
        source_ref
    from {{ ref('int_corrected_project') }}
),

documents as (
    select
        document_id,
        file_name
    from {{ source('staging', 'document') }}
),

units as (
    select * from {{ ref('int_document_unit') }}
),

statuses as (
    select * from {{ ref('int_document_status') }}
),

versions as (
    select * from {{ ref('int_document_version') }}
    where is_current
),

-- the unit's own document before its department's, then the ranks of versions
ranked as (
    select
        identities.project_id,
        identities.document_id,
        identities.project_key,
        identities.fiscal_year,
        concat(documents.file_name, ' ', forms.source_ref) as place_text,
        row_number() over (
            partition by identities.project_key, identities.fiscal_year
            order by
                case when identities.unit_id = units.unit_id then 0 else 1 end,
                statuses.version_rank desc,
                coalesce(statuses.published_on, date '0001-01-01') desc,
                coalesce(statuses.title_date, date '0001-01-01') desc,
                coalesce(statuses.retrieved_on, date '0001-01-01') desc,
                identities.document_id asc,
                identities.project_no asc
        ) as copy_no
    from identities
    inner join versions on identities.document_id = versions.document_id
    inner join units on identities.document_id = units.document_id
    inner join statuses on identities.document_id = statuses.document_id
    inner join documents on identities.document_id = documents.document_id
    inner join forms
        on identities.document_id = forms.document_id and identities.project_no = forms.project_no
),

-- a project without a year, a unit or a name has nothing that says it is another's copy
comparable as (
    select
        ranked.*,
        ranked.copy_no = 1 or ranked.fiscal_year is null or identities.unit_id is null as is_counted
    from ranked
    inner join identities on ranked.project_id = identities.project_id
),

copies as (
    select
        project_key,
        fiscal_year,
        {{ text_in_order('place_text', 'copy_no', "'、'") }} as place_texts
    from comparable
    where not is_counted
    group by project_key, fiscal_year
),

described as (
    select
        comparable.project_id,
        comparable.document_id,
        comparable.is_counted,
        case when comparable.is_counted then comparable.place_text end as place_text,
        case when comparable.is_counted then copies.place_texts end as copy_place_texts
    from comparable
    left join copies
        on comparable.project_key = copies.project_key and comparable.fiscal_year = copies.fiscal_year
)

select * from described
