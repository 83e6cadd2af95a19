with goals as (
    select
        *,
        {{ quoted('goal_text') }} as goal_quote
    from {{ ref('int_goal_review') }}
),

without_goal as (
    select
        'Q02' as rule_id,
        document_id,
        project_id,
        coalesce(goal_text, '绩效目标（空白）') as evidence_text,
        concat('项目“', coalesce(project_name, ''), '”没有绩效目标') as message_zh,
        concat('project "', coalesce(project_name, ''), '" has no goal') as message_en,
        source_ref
    from goals
    where not has_goal
),

placeholder_goal as (
    select
        'Q02' as rule_id,
        document_id,
        project_id,
        placeholder_text as evidence_text,
        concat('绩效目标“', placeholder_text, '”是模板的占位文字') as message_zh,
        concat('goal "', placeholder_text, '" is a placeholder of the template') as message_en,
        placeholder_source_ref as source_ref
    from goals
    where placeholder_text is not null
),

copied_goal as (
    select
        'Q10' as rule_id,
        document_id,
        project_id,
        goal_text as evidence_text,
        concat('绩效目标照抄资金用途：“', goal_quote, '”') as message_zh,
        concat('the goal repeats the purpose of the money: "', goal_quote, '"') as message_en,
        source_ref
    from goals
    where is_purpose_copied
),

combined as (
    select * from without_goal
    union all
    select * from placeholder_goal
    union all
    select * from copied_goal
),

described as (
    select
        rule_id,
        'project' as subject_type,
        document_id,
        project_id,
        cast(null as integer) as indicator_no,
        evidence_text,
        message_zh,
        message_en,
        source_ref
    from combined
)

select * from described
