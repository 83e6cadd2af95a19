{% set search_patterns = patterns_of('personal_content') %}

with

projects as (
    select * from {{ to_read(ref('int_corrected_project')) }}
),

goals as (
    select * from {{ to_read(ref('int_corrected_goal')) }}
),

indicators as (
    select * from {{ to_read(ref('int_corrected_indicator')) }}
),

patterns as (
    select * from {{ ref('personal_content') }}
),

printed_texts as (
    select
        document_id,
        project_no,
        1 as field_rank,
        project_name as printed_text
    from projects
    union all
    select
        document_id,
        project_no,
        2 as field_rank,
        purpose_text as printed_text
    from projects
    union all
    select
        document_id,
        project_no,
        3 as field_rank,
        goal_text as printed_text
    from goals
    union all
    select
        document_id,
        project_no,
        4 as field_rank,
        level3_text as printed_text
    from indicators
    union all
    select
        document_id,
        project_no,
        5 as field_rank,
        description_text as printed_text
    from indicators
),

project_texts as (
    select distinct
        document_id,
        project_no,
        field_rank,
        {{ without_space('printed_text') }} as field_text
    from printed_texts
),

-- Each distinct text is searched once, and a pattern tried only where its word is: patterns are slow.
texts as (
    select distinct field_text
    from project_texts
    where field_text is not null
),

candidates as (
    select
        texts.field_text,
        patterns.pattern,
        patterns.kind
    from texts
    inner join patterns on instr(texts.field_text, patterns.word) > 0
),

evidences as (
    select
        field_text,
        kind,
        {% call(pattern) with_each(search_patterns, 'pattern') %}{{ regexp_first('field_text', pattern) }}{% endcall %}
            as evidence_text
    from candidates
),

matches as (
    select
        project_texts.document_id,
        project_texts.project_no,
        project_texts.field_rank,
        evidences.kind,
        evidences.evidence_text
    from project_texts
    inner join evidences on project_texts.field_text = evidences.field_text
    where evidences.evidence_text is not null
),

found as (
    select
        document_id,
        project_no,
        bool_or(kind = 'payee') as has_payee,
        bool_or(kind = 'welfare_persons') as has_welfare_persons,
        bool_or(kind = 'natural_person') as has_natural_person
    from matches
    group by document_id, project_no
),

-- The evidence to quote: a natural person before a payee before persons counted.
evidence as (
    select
        document_id,
        project_no,
        evidence_text
    from matches
    qualify
        row_number() over (
            partition by document_id, project_no
            order by
                case kind when 'natural_person' then 1 when 'payee' then 2 else 3 end,
                field_rank,
                evidence_text
        ) = 1
),

project_contents as (
    select
        {{ project_id('projects') }} as project_id,
        projects.document_id,
        found.document_id is not null as has_personal_content,
        coalesce(found.has_payee, false) as has_payee,
        coalesce(found.has_welfare_persons, false) as has_welfare_persons,
        coalesce(found.has_natural_person, false) as has_natural_person,
        evidence.evidence_text as personal_content_evidence_text
    from projects
    left join found
        on projects.document_id = found.document_id and projects.project_no = found.project_no
    left join evidence
        on projects.document_id = evidence.document_id and projects.project_no = evidence.project_no
)

select * from project_contents
