with projects as (
    select
        document_id,
        project_no,
        unit_code,
        unit_name as printed_name,
        {{ without_space('unit_name') }} as unit_name
    from {{ ref('int_corrected_project') }}
),

divisions as (
    select * from {{ ref('int_document_division') }}
),

aliases as (
    select * from {{ ref('unit_alias') }}
),

divisions_by_code as (
    {{ latest_divisions(ref('int_division')) }}
),

named as (
    select
        projects.document_id,
        projects.project_no,
        divisions.division_code,
        {{ without_space('projects.unit_code') }} as unit_code,
        coalesce(aliases.unit_name, projects.unit_name) as unit_name
    from projects
    inner join divisions on projects.document_id = divisions.document_id
    left join aliases
        on
            divisions.division_code = aliases.division_code
            and projects.unit_name = aliases.alias_name
),

-- a form that prints the name alone belongs to the unit whose code the document prints beside that name
coded_names as (
    select
        document_id,
        unit_name,
        min(unit_code) as unit_code
    from named
    where unit_name is not null
    group by document_id, unit_name
    having count(distinct unit_code) = 1
),

completed as (
    select
        named.document_id,
        named.project_no,
        named.division_code,
        coalesce(named.unit_code, coded_names.unit_code) as unit_code,
        named.unit_name
    from named
    left join coded_names
        on
            named.document_id = coded_names.document_id
            and named.unit_name = coded_names.unit_name
),

placed as (
    select
        completed.*,
        {{ name_in_division('completed.unit_name') }} as placed_name
    from completed
    left join divisions_by_code on completed.division_code = divisions_by_code.division_code
),

identified as (
    select
        document_id,
        project_no,
        {{ unit_id('division_code', 'unit_code', 'placed_name') }} as unit_id,
        unit_code,
        unit_name
    from placed
)

select * from identified
