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

lines as (
    select * from {{ ref('int_division_line') }}
),

divisions_by_code as (
    {{ latest_divisions(ref('int_division')) }}
),

named as (
    select
        projects.document_id,
        projects.project_no,
        divisions.division_code,
        coalesce(lines.line_code, divisions.division_code) as line_code,
        {{ without_space('projects.unit_code') }} as unit_code,
        coalesce(aliases.unit_name, projects.unit_name) as unit_name
    from projects
    inner join divisions on projects.document_id = divisions.document_id
    left join lines on divisions.division_code = lines.division_code
    left join aliases
        on
            divisions.division_code = aliases.division_code
            and projects.unit_name = aliases.alias_name
),

placed as (
    select
        named.*,
        {{ name_in_division('named.unit_name', 'divisions_by_code', 'lines_by_code') }} as placed_name
    from named
    left join divisions_by_code on named.division_code = divisions_by_code.division_code
    left join divisions_by_code as lines_by_code on named.line_code = lines_by_code.division_code
),

-- a form that prints the name alone belongs to the unit whose code its document prints beside that name
document_names as (
    {{ codes_beside_names('placed', 'document_id', 'unit_name') }}
),

-- or whose code another document of the division prints beside it: a draft with the code, the approved text without
division_names as (
    {{ codes_beside_names('placed', 'line_code', 'placed_name') }}
),

completed as (
    select
        placed.document_id,
        placed.project_no,
        placed.line_code,
        coalesce(placed.unit_code, document_names.unit_code, division_names.unit_code) as unit_code,
        placed.unit_name,
        placed.placed_name
    from placed
    left join document_names
        on
            placed.document_id = document_names.document_id
            and placed.unit_name = document_names.unit_name
    left join division_names
        on
            placed.line_code = division_names.line_code
            and placed.placed_name = division_names.placed_name
),

identified as (
    select
        document_id,
        project_no,
        {{ unit_id('line_code', 'unit_code', 'placed_name') }} as unit_id,
        unit_code,
        unit_name,
        line_code,
        placed_name
    from completed
)

select * from identified
