with projects as (
    select * from {{ ref('dim_project') }}
),

goals as (
    select * from {{ ref('int_corrected_goal') }}
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

reviewed as (
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
        coalesce(stated_goals.goal_source_ref, projects.source_ref) as source_ref
    from projects
    left join stated_goals on projects.project_id = stated_goals.project_id
)

select * from reviewed
