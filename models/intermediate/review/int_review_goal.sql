with projects as (
    select * from {{ to_read_by_fact(ref('dim_project')) }}
),

goals as (
    select * from {{ to_read_by_fact(ref('int_corrected_goal')) }}
),

distinct_texts as (
    select distinct goal_text from goals
),

-- each text is read once
texts as (
    select
        goal_text,
        {{ is_dash('goal_text') }} as is_nothing,
        {{ regexp_like(narrow(without_space('goal_text')), "'^目标内容[0-9]+$'") }} as is_placeholder
    from distinct_texts
),

-- one placeholder among the goals is enough
stated_goals as (
    select
        projects.project_id,
        {{ text_in_order('goals.source_ref', 'goals.goal_no', "'+'") }} as goal_source_ref,
        {{ text_in_order('goals.goal_text', 'goals.goal_no', 'chr(10)') }} filter (where texts.is_placeholder)
            as placeholder_text,
        {{ text_in_order('goals.source_ref', 'goals.goal_no', "'+'") }} filter (where texts.is_placeholder)
            as placeholder_source_ref
    from goals
    inner join texts on goals.goal_text = texts.goal_text
    inner join projects
        on
            goals.document_id = projects.document_id
            and goals.project_no = projects.project_no
    where not texts.is_nothing
    group by projects.project_id
),

described as (
    select
        projects.project_id,
        projects.document_id,
        projects.project_name,
        projects.goal_text,
        stated_goals.project_id is not null as has_goal,
        stated_goals.placeholder_text,
        stated_goals.placeholder_source_ref,
        -- NULL where there is nothing to compare
        case
            when stated_goals.project_id is not null and not {{ is_dash('projects.purpose_text') }}
                then
                    {{ without_space(without_numbers('projects.goal_text')) }}
                    = {{ without_space(without_numbers('projects.purpose_text')) }}
        end as is_purpose_copied,
        coalesce(stated_goals.goal_source_ref, projects.source_ref) as goal_source_ref
    from projects
    left join stated_goals on projects.project_id = stated_goals.project_id
),

judged as (
    select
        'Q02' as rule_id,
        document_id,
        project_id,
        not has_goal or placeholder_text is not null as is_failing,
        case when has_goal then 'placeholder' else 'missing' end as message_case,
        case when has_goal then placeholder_text else coalesce(goal_text, '绩效目标（空白）') end as evidence_text,
        coalesce(placeholder_source_ref, goal_source_ref) as source_ref,
        project_name,
        placeholder_text,
        cast(null as string) as goal_quote
    from described
    union all
    select
        'Q10' as rule_id,
        document_id,
        project_id,
        is_purpose_copied as is_failing,
        cast(null as string) as message_case,
        goal_text as evidence_text,
        goal_source_ref as source_ref,
        project_name,
        placeholder_text,
        {{ quoted('goal_text') }} as goal_quote
    from described
),

reviewed as (
    {{ reviewed('judged', 'project', ['project_name', 'placeholder_text', 'goal_quote'], case='message_case') }}
)

select * from reviewed
