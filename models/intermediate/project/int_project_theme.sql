{% set fields = {'name': '项目名称', 'purpose': '资金用途', 'goal': '绩效目标'} %}

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

-- what is written about a project, in the order in which it decides
project_texts as (
    select
        document_id,
        project_no,
        'name' as field,
        0 as goal_no,
        {{ without_space(prose_head('project_name')) }} as field_text
    from projects
    union all
    select
        document_id,
        project_no,
        'purpose' as field,
        0 as goal_no,
        {{ without_space(prose_head('purpose_text')) }} as field_text
    from projects
    union all
    select
        document_id,
        project_no,
        'goal' as field,
        goal_no,
        {{ without_space(prose_head('goal_text')) }} as field_text
    from goals
),

words as (
    {{ pieces_between('themes', 'theme, priority, field', 'pattern', '|') }}
),

-- The name decides before the purpose, the purpose before the goals; what the money is mainly for stands at the head.
-- What a field decides is not looked for in the next.
{% for field, field_name in fields.items() -%}
    {{ field }}_texts as (
        select * from project_texts
        where
            field = '{{ field }}'
            {% for before in (fields | list)[:loop.index0] -%}
                and not exists (
                    select 1 from {{ before }}_matches as decided_before
                    where
                        decided_before.document_id = project_texts.document_id
                        and decided_before.project_no = project_texts.project_no
                )
            {% endfor %}
    ),

    {{ field }}_matches as (
        select
            texts.document_id,
            texts.project_no,
            '{{ field_name }}' as field_name,
            texts.goal_no,
            words.theme,
            words.priority,
            words.piece as word,
            instr(texts.field_text, words.piece) as word_position
        from {{ field }}_texts as texts
        inner join words
            on
                words.field in ('{{ field }}', 'any')
                and instr(texts.field_text, words.piece) > 0
    ),

{% endfor -%}

matches as (
    {% for field in fields -%}
        select * from {{ field }}_matches
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
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
                goal_no,
                case when field_name = '{{ fields.name }}' then priority else word_position end,
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
