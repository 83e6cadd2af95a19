with documents as (
    select
        document_id,
        {{ without_space('unit_code') }} as unit_code,
        {{ without_space('unit_name') }} as unit_name
    from {{ source('staging', 'document') }}
),

manifest as (
    select
        document_id,
        {{ without_space('unit_code') }} as unit_code,
        {{ without_space('unit_name') }} as unit_name
    from {{ source('staging', 'manifest') }}
),

divisions as (
    select * from {{ ref('int_document_division') }}
),

form_units as (
    select * from {{ ref('int_form_unit') }}
    where unit_id is not null
),

aliases as (
    select * from {{ ref('unit_alias') }}
),

lines as (
    select * from {{ ref('int_division_line') }}
),

divisions_by_code as (
    {{ latest_divisions(ref('int_division')) }}
),

-- the code that forms of the division print beside a unit's name
coded_names as (
    {{ codes_beside_names('form_units', 'line_code', 'placed_name') }}
),

unit_counts as (
    select
        document_id,
        unit_id,
        count(*) as form_count,
        min(project_no) as first_project_no,
        max(unit_code) as unit_code
    from form_units
    group by document_id, unit_id
),

main_units as (
    select * from unit_counts
    qualify row_number() over (partition by document_id order by form_count desc, first_project_no asc) = 1
),

name_counts as (
    select
        document_id,
        unit_id,
        unit_name,
        count(*) as form_count,
        min(project_no) as first_project_no
    from form_units
    where unit_name is not null
    group by document_id, unit_id, unit_name
),

-- of several spellings of that unit's name the one printed most often
main_names as (
    select * from name_counts
    qualify row_number() over (partition by document_id, unit_id order by form_count desc, first_project_no asc) = 1
),

chosen as (
    select
        documents.document_id,
        divisions.division_code,
        coalesce(manifest.unit_code, case
            when main_units.unit_id is not null then main_units.unit_code
            else documents.unit_code
        end) as unit_code,
        coalesce(manifest.unit_name, case
            when main_units.unit_id is not null then main_names.unit_name
            else documents.unit_name
        end) as unit_name,
        case
            when coalesce(manifest.unit_code, manifest.unit_name) is not null then 'manifest'
            when main_units.unit_id is not null then 'forms'
            when coalesce(documents.unit_code, documents.unit_name) is not null then 'cover'
            else 'none'
        end as unit_basis
    from documents
    inner join divisions on documents.document_id = divisions.document_id
    left join manifest on documents.document_id = manifest.document_id
    left join main_units on documents.document_id = main_units.document_id
    left join main_names
        on
            main_units.document_id = main_names.document_id
            and main_units.unit_id = main_names.unit_id
),

renamed as (
    select
        chosen.document_id,
        chosen.division_code,
        chosen.unit_code,
        coalesce(aliases.unit_name, chosen.unit_name) as unit_name,
        chosen.unit_basis
    from chosen
    left join aliases
        on
            chosen.division_code = aliases.division_code
            and chosen.unit_name = aliases.alias_name
),

placed as (
    select
        renamed.*,
        coalesce(lines.line_code, renamed.division_code) as line_code,
        {{ name_in_division('renamed.unit_name', 'divisions_by_code', 'lines_by_code') }} as placed_name
    from renamed
    left join lines on renamed.division_code = lines.division_code
    left join divisions_by_code on renamed.division_code = divisions_by_code.division_code
    left join divisions_by_code as lines_by_code
        on coalesce(lines.line_code, renamed.division_code) = lines_by_code.division_code
),

completed as (
    select
        placed.document_id,
        placed.line_code,
        placed.division_code,
        placed.placed_name,
        coalesce(placed.unit_code, coded_names.unit_code) as unit_code,
        placed.unit_name,
        placed.unit_basis
    from placed
    left join coded_names
        on placed.line_code = coded_names.line_code and placed.placed_name = coded_names.placed_name
),

identified as (
    select
        document_id,
        {{ unit_id('line_code', 'unit_code', 'placed_name') }} as unit_id,
        division_code,
        unit_code,
        unit_name,
        unit_basis
    from completed
)

select * from identified
