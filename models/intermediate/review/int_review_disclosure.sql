with projects as (
    select * from {{ ref('dim_project') }}
),

contents as (
    select * from {{ ref('int_project_content') }}
    where has_personal_content
),

goals as (
    select * from {{ ref('int_corrected_goal') }}
),

indicators as (
    select * from {{ ref('int_corrected_indicator') }}
),

marked as (
    select
        projects.project_id,
        projects.document_id,
        projects.project_no,
        contents.has_natural_person,
        contents.has_payee,
        contents.has_welfare_persons,
        contents.personal_content_evidence_text as evidence_text,
        -- name and purpose have no place of their own: the form's
        instr({{ without_space('projects.project_name') }}, contents.personal_content_evidence_text) > 0
        or instr({{ without_space('projects.purpose_text') }}, contents.personal_content_evidence_text) > 0
            as is_in_head,
        projects.source_ref
    from projects
    inner join contents on projects.project_id = contents.project_id
),

found_places as (
    select
        marked.project_id,
        1 as place_rank,
        goals.goal_no as place_no,
        goals.source_ref
    from marked
    inner join goals on marked.document_id = goals.document_id and marked.project_no = goals.project_no
    where
        not coalesce(marked.is_in_head, false)
        and instr({{ without_space('goals.goal_text') }}, marked.evidence_text) > 0
    union all
    select
        marked.project_id,
        2 as place_rank,
        indicators.indicator_no as place_no,
        indicators.source_ref
    from marked
    inner join indicators
        on marked.document_id = indicators.document_id and marked.project_no = indicators.project_no
    where
        not coalesce(marked.is_in_head, false)
        and (
            instr({{ without_space('indicators.level3_text') }}, marked.evidence_text) > 0
            or instr({{ without_space('indicators.description_text') }}, marked.evidence_text) > 0
        )
),

first_places as (
    select * from found_places
    qualify row_number() over (partition by project_id order by place_rank, place_no) = 1
),

judged as (
    select
        'Q30' as rule_id,
        projects.document_id,
        projects.project_id,
        marked.project_id is not null as is_failing,
        marked.evidence_text,
        coalesce(first_places.source_ref, marked.source_ref) as source_ref,
        concat_ws(
            '、',
            case when marked.has_natural_person then '写有自然人' end,
            case when marked.has_payee then '写明收款人' end,
            case when marked.has_welfare_persons then '涉及待遇人员' end
        ) as contents,
        concat_ws(
            ', ',
            case when marked.has_natural_person then 'a natural person is named' end,
            case when marked.has_payee then 'a payee is named' end,
            case when marked.has_welfare_persons then 'persons in welfare are counted' end
        ) as contents_en
    from projects
    left join marked on projects.project_id = marked.project_id
    left join first_places on projects.project_id = first_places.project_id
),

reviewed as (
    {{ reviewed('judged', 'project', ['evidence_text', 'contents', 'contents_en']) }}
)

select * from reviewed
