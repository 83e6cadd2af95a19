with
-- without a year or a unit nothing says that a project of another document is the same
identities as (
    select
        *,
        fiscal_year is null or unit_id is null as is_incomparable,
        case when fiscal_year is null or unit_id is null then document_id end as only_document_id
    from {{ ref('int_project_identity') }}
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

kinds as (
    select * from {{ ref('int_project_kind') }}
),

versions as (
    select * from {{ ref('int_document_version') }}
    where is_current
),

-- within a kind of form: the unit's own document before its department's, then the ranks of versions
ranked as (
    select
        identities.project_id,
        identities.document_id,
        identities.project_key,
        identities.fiscal_year,
        identities.is_incomparable,
        kinds.form_kind,
        kinds.as_of_month,
        concat_ws('', documents.file_name, ' ', forms.source_ref) as place_text,
        row_number() over (
            partition by
                identities.project_key, identities.fiscal_year, identities.only_document_id,
                kinds.form_kind, kinds.as_of_month
            order by
                case when identities.unit_id = units.unit_id then 0 else 1 end,
                statuses.version_rank desc,
                coalesce(statuses.published_on, date '0001-01-01') desc,
                coalesce(statuses.title_date, date '0001-01-01') desc,
                coalesce(statuses.retrieved_on, date '0001-01-01') desc,
                identities.document_id asc,
                identities.project_no asc
        ) as copy_no,
        -- the targets of a year before its results, the end of the year before the months in it
        dense_rank() over (
            partition by identities.project_key, identities.fiscal_year, identities.only_document_id
            order by
                case kinds.form_kind when 'target' then 0 when 'self_evaluation' then 1 else 2 end,
                kinds.as_of_month desc nulls last
        ) as kind_no
    from identities
    inner join kinds on identities.project_id = kinds.project_id
    inner join versions on identities.document_id = versions.document_id
    inner join units on identities.document_id = units.document_id
    inner join statuses on identities.document_id = statuses.document_id
    inner join documents on identities.document_id = documents.document_id
    inner join forms
        on identities.document_id = forms.document_id and identities.project_no = forms.project_no
),

counted as (
    select
        *,
        copy_no = 1 and kind_no = 1 as is_counted,
        form_kind <> 'target' and copy_no = 1 as is_counted_result
    from ranked
),

copies as (
    select
        project_key,
        fiscal_year,
        kind_no,
        {{ text_in_order('place_text', 'copy_no', "'、'") }} as place_texts
    from counted
    where copy_no > 1 and not is_incomparable
    group by project_key, fiscal_year, kind_no
),

described as (
    select
        counted.project_id,
        counted.document_id,
        counted.is_counted,
        counted.is_counted_result,
        case when counted.is_counted then counted.place_text end as place_text,
        case when counted.is_counted then copies.place_texts end as copy_place_texts
    from counted
    left join copies
        on
            counted.project_key = copies.project_key
            and counted.fiscal_year = copies.fiscal_year
            and counted.kind_no = copies.kind_no
)

select * from described
