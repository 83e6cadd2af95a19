-- Which goals or safeguards stand word for word in the texts of several units?
-- 哪些目标或保障措施一字不差地出现在几个单位的文本中？
-- One row per text, white space aside, that units print in two or more documents; the most common first. A document
-- without a unit stands for one; a text counts once in a document.
with goals as (
    select * from marts.dim_department_goal
),

texts as (
    select
        coalesce(unit_id, document_id) as unit_scope,
        section_type,
        goal_text,
        nullif(regexp_replace(goal_text, '[\s\p{Z}]', '', 'g'), '') as plain_text
    from goals
),

shared as (
    select
        min(section_type) as section_type,
        min(goal_text) as goal_text,
        count(distinct unit_scope) as unit_count
    from texts
    where plain_text is not null
    group by plain_text
    having count(distinct unit_scope) >= 2
)

select * from shared
order by unit_count desc, goal_text asc
