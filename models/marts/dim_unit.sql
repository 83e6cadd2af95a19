with projects as (
    select * from {{ ref('int_project_context') }}
    where is_current
),

document_units as (
    select * from {{ ref('int_document_unit') }}
),

years as (
    select * from {{ ref('int_document_year') }}
),

versions as (
    select * from {{ ref('int_document_version') }}
    where is_current
),

printed as (
    select
        unit_id,
        division_code,
        unit_code,
        unit_name,
        fiscal_year,
        document_id
    from projects
    union all
    select
        document_units.unit_id,
        document_units.division_code,
        document_units.unit_code,
        document_units.unit_name,
        years.fiscal_year,
        document_units.document_id
    from document_units
    inner join versions on document_units.document_id = versions.document_id
    inner join years on document_units.document_id = years.document_id
),

-- a name before none, the latest year before earlier ones, then the name printed most often
latest as (
    select
        unit_id,
        division_code,
        unit_code,
        unit_name,
        coalesce(fiscal_year, 0) as name_year,
        count(*) as form_count
    from printed
    where unit_id is not null
    group by unit_id, division_code, unit_code, unit_name, coalesce(fiscal_year, 0)
    qualify row_number() over (
        partition by unit_id
        order by
            case when unit_name is null then 1 else 0 end asc,
            coalesce(fiscal_year, 0) desc,
            count(*) desc,
            unit_name asc
    ) = 1
),

described as (
    select
        unit_id,
        division_code,
        -- the first three of six digits are the department
        {{ regexp_first('unit_code', "'^([0-9]{3})[0-9]{3}$'", 1) }} as department_code,
        unit_code,
        unit_name
    from latest
)

select * from described
