with projects as (
    select
        document_id,
        project_no,
        form_no,
        {{ without_space('project_name') }} as plain_name
    from {{ ref('int_corrected_project') }}
),

kinds as (
    select * from {{ ref('int_project_kind') }}
),

form_units as (
    select * from {{ ref('int_form_unit') }}
),

document_units as (
    select * from {{ ref('int_document_unit') }}
),

project_codes as (
    select * from {{ ref('int_project_code') }}
),

forms as (
    select * from {{ ref('int_form') }}
),

years as (
    select * from {{ ref('int_document_year') }}
),

-- targets and results of one project in one document are no equals
numbered as (
    select
        projects.document_id,
        projects.project_no,
        projects.form_no,
        projects.plain_name,
        row_number() over (
            partition by projects.document_id, projects.plain_name, kinds.form_kind, kinds.as_of_month
            order by projects.project_no
        ) as name_ordinal
    from projects
    left join kinds on projects.document_id = kinds.document_id and projects.project_no = kinds.project_no
),

-- the unit of the form, else of its document
placed as (
    select
        {{ project_id('numbered') }} as project_id,
        numbered.document_id,
        numbered.project_no,
        numbered.form_no,
        numbered.plain_name,
        numbered.name_ordinal,
        coalesce(form_units.unit_id, document_units.unit_id) as unit_id
    from numbered
    inner join document_units on numbered.document_id = document_units.document_id
    left join form_units
        on
            numbered.document_id = form_units.document_id
            and numbered.project_no = form_units.project_no
),

identified as (
    select
        placed.project_id,
        placed.document_id,
        placed.project_no,
        placed.unit_id,
        -- a form's own year before that of its document; a manifest's before both
        case
            when years.fiscal_year_basis = 'manifest' then years.fiscal_year
            else coalesce(forms.fiscal_year, years.fiscal_year)
        end as fiscal_year,
        case
            when project_codes.is_code_recognised and project_codes.is_code_unique
                then {{ hash_id(['placed.unit_id', 'project_codes.project_code']) }}
            else {{ hash_id(['placed.unit_id', 'placed.plain_name', 'placed.name_ordinal']) }}
        end as project_key
    from placed
    inner join project_codes on placed.project_id = project_codes.project_id
    inner join years on placed.document_id = years.document_id
    left join forms on placed.document_id = forms.document_id and placed.form_no = forms.form_no
)

select * from identified
