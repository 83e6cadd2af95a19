{#- A goal that is the name of a sum of money: 空气监测站运营维护费. -#}
{% set money_name = "'(费|费用|经费|资金|款|款项|租金|利息|工资|奖金|补贴|补助)$'" %}

with goals as (
    select * from {{ ref('int_corrected_goal') }}
),

projects as (
    select
        project_id,
        document_id,
        project_no
    from {{ ref('int_project_context') }}
    where is_current
),

verbs as (
    select * from {{ ref('goal_verb') }}
),

texts as (
    select distinct goal_text
    from goals
    where goal_text is not null and not {{ is_dash('goal_text') }}
),

-- each distinct goal is read once
plain_texts as (
    select
        goal_text,
        {{ without_space(narrow('goal_text')) }} as plain_text
    from texts
),

named_texts as (
    select
        goal_text,
        plain_text,
        {{ regexp_like('plain_text', money_name) }} as is_money_name,
        {{ regexp_like('plain_text', "'[0-9]|百分之'") }} as has_number
    from plain_texts
),

-- every text without a number with every word it holds, and what stands beside the word
places as (
    select
        named_texts.goal_text,
        verbs.object_place,
        case
            when verbs.object_place = 'behind'
                then substr(
                    named_texts.plain_text, instr(named_texts.plain_text, verbs.word) + length(verbs.word), 2
                )
            else right(left(named_texts.plain_text, instr(named_texts.plain_text, verbs.word) - 1), 2)
        end as neighbour
    from named_texts
    inner join verbs
        on
            not named_texts.has_number
            and instr(named_texts.plain_text, verbs.word) > 0
            and not (verbs.is_noun_too and named_texts.is_money_name)
),

neighbours as (
    select distinct neighbour from places
),

-- two characters beside the word, and no sign between: it has an object
objects as (
    select neighbour from neighbours
    where {{ regexp_like('neighbour', "'^[一-龥A-Za-z0-9“《]{2}$'") }}
),

with_verbs as (
    select distinct places.goal_text
    from places
    inner join objects on places.neighbour = objects.neighbour
),

judged_texts as (
    select
        named_texts.goal_text,
        length(named_texts.plain_text) as character_count,
        named_texts.has_number or with_verbs.goal_text is not null as has_substance
    from named_texts
    left join with_verbs on named_texts.goal_text = with_verbs.goal_text
),

judged as (
    select
        projects.project_id,
        projects.document_id,
        goals.goal_no,
        goals.goal_text,
        judged_texts.character_count,
        judged_texts.has_substance,
        judged_texts.character_count >= 8 and judged_texts.has_substance as is_worded,
        goals.source_ref
    from goals
    inner join projects on goals.document_id = projects.document_id and goals.project_no = projects.project_no
    inner join judged_texts on goals.goal_text = judged_texts.goal_text
)

select * from judged
