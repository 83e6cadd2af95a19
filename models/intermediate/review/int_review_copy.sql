with copies as (
    select * from {{ ref('int_project_copy') }}
    where is_counted
),

projects as (
    select
        project_id,
        document_id,
        source_ref
    from {{ ref('dim_project') }}
),

judged as (
    select
        'R39' as rule_id,
        projects.document_id,
        projects.project_id,
        copies.copy_place_texts is not null as is_failing,
        concat_ws('、', copies.place_text, copies.copy_place_texts) as evidence_text,
        projects.source_ref,
        copies.place_text,
        copies.copy_place_texts
    from projects
    inner join copies on projects.project_id = copies.project_id
),

reviewed as (
    {{ reviewed('judged', 'project', ['place_text', 'copy_place_texts']) }}
)

select * from reviewed
