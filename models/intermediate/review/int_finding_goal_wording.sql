with goals as (
    select
        *,
        {{ quoted('goal_text') }} as goal_quote
    from {{ ref('int_goal_wording') }}
    where not is_worded
),

-- a project has one finding: the goals that fail stand in it together
projects as (
    select
        document_id,
        project_id,
        {{ text_in_order('goal_text', 'goal_no', "'；'") }} as evidence_text,
        {{ text_in_order(
            "concat('“', goal_quote, '”', case when character_count < 8 then '不足8个字' else '没有动宾或数字' end)",
            'goal_no', "'、'"
        ) }} as fault_zh,
        {{ text_in_order(
            "concat(
                '\"', goal_quote, '\" ',
                case when character_count < 8 then 'has fewer than 8 characters' else 'has neither verb nor number' end
            )",
            'goal_no', "', '"
        ) }} as fault_en,
        {{ text_in_order('source_ref', 'goal_no', "'+'") }} as source_ref
    from goals
    group by document_id, project_id
),

findings as (
    select
        'Q11' as rule_id,
        'project' as subject_type,
        document_id,
        project_id,
        cast(null as integer) as indicator_no,
        evidence_text,
        concat('绩效目标', fault_zh) as message_zh,
        concat('goal ', fault_en) as message_en,
        source_ref
    from projects
)

select * from findings
