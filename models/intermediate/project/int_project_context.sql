with projects as (
    select
        document_id,
        project_no
    from {{ to_read(ref('int_corrected_project'), 'document_id') }}
),

form_units as (
    select * from {{ to_read(ref('int_form_unit'), 'document_id') }}
),

document_units as (
    select * from {{ to_read(ref('int_document_unit'), 'document_id') }}
),

divisions as (
    select * from {{ to_read(ref('int_document_division'), 'document_id') }}
),

identities as (
    select * from {{ to_read(ref('int_project_identity'), 'document_id') }}
),

copies as (
    select * from {{ to_read(ref('int_project_copy'), 'document_id') }}
),

joined as (
    select
        {{ project_id('projects') }} as project_id,
        projects.document_id,
        projects.project_no,
        coalesce(form_units.unit_id, document_units.unit_id) as unit_id,
        case
            when form_units.unit_id is not null then form_units.unit_code
            else document_units.unit_code
        end as unit_code,
        case
            when form_units.unit_id is not null then form_units.unit_name
            else document_units.unit_name
        end as unit_name,
        divisions.division_id,
        divisions.division_code,
        identities.fiscal_year,
        {{ date_of('identities.fiscal_year', 1, 1) }} as fiscal_year_start_date,
        -- of a current document, and no copy of a project that another one holds
        coalesce(copies.is_counted, false) as is_current,
        coalesce(copies.is_counted_result, false) as is_current_result
    from projects
    inner join document_units on projects.document_id = document_units.document_id
    inner join divisions on projects.document_id = divisions.document_id
    inner join identities on {{ project_id('projects') }} = identities.project_id
    left join copies on {{ project_id('projects') }} = copies.project_id
    left join form_units
        on
            projects.document_id = form_units.document_id
            and projects.project_no = form_units.project_no
)

select * from joined
