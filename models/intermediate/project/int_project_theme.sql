with

projects as (
    select * from {{ to_read(ref('int_corrected_project')) }}
),

goals as (
    select * from {{ to_read(ref('int_corrected_goal')) }}
),

themes as (
    select * from {{ ref('theme') }}
),

-- The name decides before the purpose, the purpose before the goals; what the money is mainly for stands at the head.
project_texts as (
    select
        document_id,
        project_no,
        'name' as field,
        '项目名称' as field_name,
        1 as field_rank,
        0 as goal_no,
        {{ without_space(prose_head('project_name')) }} as field_text
    from projects
    union all
    select
        document_id,
        project_no,
        'purpose' as field,
        '资金用途' as field_name,
        2 as field_rank,
        0 as goal_no,
        {{ without_space(prose_head('purpose_text')) }} as field_text
    from projects
    union all
    select
        document_id,
        project_no,
        'goal' as field,
        '绩效目标' as field_name,
        3 as field_rank,
        goal_no,
        {{ without_space(prose_head('goal_text')) }} as field_text
    from goals
),

words as (
    {{ pieces_between('themes', 'theme, priority, field', 'pattern', '|') }}
),

matches as (
    select
        project_texts.document_id,
        project_texts.project_no,
        project_texts.field,
        project_texts.field_name,
        project_texts.field_rank,
        project_texts.goal_no,
        words.theme,
        words.priority,
        words.piece as word,
        instr(project_texts.field_text, words.piece) as word_position
    from project_texts
    inner join words
        on
            words.field in (project_texts.field, 'any')
            and instr(project_texts.field_text, words.piece) > 0
),

-- A name is short, so the seed's priority decides; prose names first what the money is mainly for.
decided as (
    select
        document_id,
        project_no,
        theme,
        field_name || '：' || word as theme_evidence_text
    from matches
    qualify
        row_number() over (
            partition by document_id, project_no
            order by
                field_rank,
                goal_no,
                case when field = 'name' then priority else word_position end,
                priority,
                word_position,
                length(word) desc
        ) = 1
),

project_themes as (
    select
        {{ project_id('projects') }} as project_id,
        projects.document_id,
        coalesce(decided.theme, '其他') as theme,
        decided.theme_evidence_text
    from projects
    left join decided
        on projects.document_id = decided.document_id and projects.project_no = decided.project_no
)

select * from project_themes
