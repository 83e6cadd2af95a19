{#- A goal that is the name of a sum of money: 空气监测站运营维护费. -#}
{% set money_name = "'(费|费用|经费|资金|款|款项|租金|利息|工资|奖金|补贴|补助)$'" %}

with goals as (
    select * from {{ to_read_by_fact(ref('int_corrected_goal')) }}
),

projects as (
    select
        project_id,
        document_id,
        project_no
    from {{ to_read_by_fact(ref('int_project_context')) }}
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

-- every text without a number with every word it holds, and what is beside the word
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
        case
            when length(named_texts.plain_text) < 8 then '不足8个字'
            when not named_texts.has_number and with_verbs.goal_text is null then '没有动宾或数字'
        end as fault,
        case
            when length(named_texts.plain_text) < 8 then 'has fewer than 8 characters'
            when not named_texts.has_number and with_verbs.goal_text is null then 'has neither verb nor number'
        end as fault_en,
        {{ quoted('named_texts.goal_text') }} as goal_quote
    from named_texts
    left join with_verbs on named_texts.goal_text = with_verbs.goal_text
),

judged_goals as (
    select
        projects.document_id,
        projects.project_id,
        goals.goal_no,
        judged_texts.fault is not null as is_failing,
        goals.goal_text,
        '“' || judged_texts.goal_quote || '”' || judged_texts.fault as fault,
        '"' || judged_texts.goal_quote || '" ' || judged_texts.fault_en as fault_en,
        goals.source_ref
    from goals
    inner join projects on goals.document_id = projects.document_id and goals.project_no = projects.project_no
    inner join judged_texts on goals.goal_text = judged_texts.goal_text
),

-- a project has one finding: the goals that fail are in it together
judged as (
    select
        'Q11' as rule_id,
        document_id,
        project_id,
        bool_or(is_failing) as is_failing,
        {{ text_in_order('goal_text', 'goal_no', "'；'") }} filter (where is_failing) as evidence_text,
        {{ text_in_order('source_ref', 'goal_no', "'+'") }} filter (where is_failing) as source_ref,
        {{ text_in_order('fault', 'goal_no', "'、'") }} as faults,
        {{ text_in_order('fault_en', 'goal_no', "', '") }} as faults_en
    from judged_goals
    group by document_id, project_id
),

reviewed as (
    {{ reviewed('judged', 'project', ['faults', 'faults_en']) }}
)

select * from reviewed
