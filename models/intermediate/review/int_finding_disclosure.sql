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

findings as (
    select
        'Q30' as rule_id,
        'project' as subject_type,
        marked.document_id,
        marked.project_id,
        cast(null as integer) as indicator_no,
        marked.evidence_text,
        concat(
            concat_ws(
                '、',
                case when marked.has_natural_person then '写有自然人' end,
                case when marked.has_payee then '写明收款人' end,
                case when marked.has_welfare_persons then '涉及待遇人员' end
            ),
            '（“', marked.evidence_text, '”），再次公开前请复核'
        ) as message_zh,
        concat(
            concat_ws(
                ', ',
                case when marked.has_natural_person then 'a natural person is named' end,
                case when marked.has_payee then 'a payee is named' end,
                case when marked.has_welfare_persons then 'persons in welfare are counted' end
            ),
            ' ("', marked.evidence_text, '"): review before publishing further'
        ) as message_en,
        coalesce(first_places.source_ref, marked.source_ref) as source_ref
    from marked
    left join first_places on marked.project_id = first_places.project_id
)

select * from findings
