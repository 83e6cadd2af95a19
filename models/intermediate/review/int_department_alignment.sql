{#- Pairs of one document that are compared: a text of thousands of projects is compared with its first goals. -#}
{% set pair_limit = 20000 %}

with projects as (
    select * from {{ to_read_by_fact(ref('dim_project')) }}
),

units as (
    select * from {{ ref('dim_unit') }}
),

documents as (
    select
        documents.document_id,
        documents.division_code,
        coalesce({{ words_only('units.unit_name') }}, '') as unit_words
    from {{ to_read_by_fact(ref('dim_document')) }} as documents
    left join units on documents.unit_id = units.unit_id
    where documents.is_current
),

checks as (
    select * from {{ to_read_by_fact(ref('int_department_goal_check')) }}
),

-- what is pasted twice is compared once
goals as (
    select
        goals.department_goal_id,
        goals.document_id,
        goals.goal_no,
        {{ words_only(
            "left(concat_ws(' ', goals.duty_name, goals.activity_name, goals.goal_text, goals.indicator_text), "
            ~ prose_limit() ~ ")"
        ) }} as goal_words,
        goals.source_ref
    from {{ to_read_by_fact(ref('dim_department_goal')) }} as goals
    inner join checks on goals.department_goal_id = checks.department_goal_id
    where goals.section_type = 'itemised_goals' and not checks.is_copy
),

-- the words of the unit's own name stand in all of its texts
named_projects as (
    select
        projects.project_id,
        projects.document_id,
        documents.division_code,
        {{ not_found_in(
            bigrams(words_only("left(projects.project_name, " ~ target_limit() ~ ")")), 'documents.unit_words'
        ) }} as name_bigrams
    from projects
    inner join documents on projects.document_id = documents.document_id
),

document_projects as (
    select
        document_id,
        count(*) as project_count
    from named_projects
    group by document_id
),

compared_goals as (
    select goals.*
    from goals
    inner join document_projects on goals.document_id = document_projects.document_id
    qualify
        row_number() over (partition by goals.document_id order by goals.goal_no)
        <= greatest({{ pair_limit }} / document_projects.project_count, 1)
),

shared as (
    select
        named_projects.project_id,
        compared_goals.department_goal_id,
        named_projects.document_id,
        named_projects.division_code,
        coalesce({{ list_size('named_projects.name_bigrams') }}, 0) as bigram_count,
        {{ found_in('named_projects.name_bigrams', 'compared_goals.goal_words') }} as shared_bigrams,
        compared_goals.source_ref
    from named_projects
    inner join compared_goals on named_projects.document_id = compared_goals.document_id
),

counted as (
    select
        *,
        coalesce({{ list_size('shared_bigrams') }}, 0) as shared_bigram_count
    from shared
),

scored as (
    select
        project_id,
        department_goal_id,
        document_id,
        division_code,
        {{ ratio('shared_bigram_count', 'bigram_count') }} as similarity_ratio,
        coalesce({{ ratio('shared_bigram_count', 'bigram_count') }} >= {{ resemblance_limit() }}, false) as is_alike,
        {{ shared_words_text('shared_bigrams', 'shared_bigram_count', 'bigram_count') }} as evidence_text,
        source_ref
    from counted
)

select * from scored
