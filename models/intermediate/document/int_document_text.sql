with documents as (
    select * from {{ source('staging', 'document') }}
),

projects as (
    select * from {{ ref('int_corrected_project') }}
),

attributes as (
    select * from {{ ref('int_project_attribute') }}
),

manifest as (
    select * from {{ source('staging', 'manifest') }}
),

texts as (
    -- the line breaks of a title part its names; any other white space (乐 亭 县) does not
    select
        document_id,
        {{ without_space("replace(title_text, chr(10), '|')") }} as name_text
    from documents
    union
    select
        document_id,
        {{ without_space('unit_name') }} as name_text
    from documents
    union
    select
        document_id,
        {{ without_space('unit_name') }} as name_text
    from projects
    union
    select
        document_id,
        {{ without_space('department_name') }} as name_text
    from attributes
    union
    select
        document_id,
        {{ without_space('unit_name') }} as name_text
    from manifest
),

bounded as (
    -- a name of a unit or a title is short: what is longer is no place to look for a county
    select distinct
        document_id,
        substr(name_text, 1, 300) as name_text
    from texts
    where name_text is not null
)

select * from bounded
