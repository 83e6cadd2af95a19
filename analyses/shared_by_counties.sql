-- Which goals and targets of projects stand word for word in several counties?
-- 哪些项目的绩效目标或指标值在几个县一字不差地出现？
-- One row per goal of a project, or indicator with its target, white space aside, that units of two or more counties
-- print; blank goals and targets are out. The text is the one that sorts first among its spellings. The most counties
-- first, goals before targets.
with projects as (
    select * from reports.project_overview
    where division_code is not null
),

goals as (
    select
        project_id,
        goal_text
    from marts.dim_project
),

indicators as (
    select * from reports.indicator_overview
    where term = 'annual' and target_kind <> 'blank'
),

texts as (
    select
        goals.project_id,
        'goal' as text_type,
        goals.goal_text as printed_text,
        nullif(regexp_replace(goals.goal_text, '[\s\p{Z}]', '', 'g'), '') as plain_text
    from goals
    union all
    select
        project_id,
        'target' as text_type,
        indicator_name || ': ' || target_text as printed_text,
        nullif(regexp_replace(indicator_name, '[\s\p{Z}]', '', 'g'), '') || ': '
        || regexp_replace(target_text, '[\s\p{Z}]', '', 'g') as plain_text
    from indicators
),

shared as (
    select
        texts.text_type,
        min(texts.printed_text) as printed_text,
        count(distinct projects.division_code) as county_count,
        count(distinct coalesce(projects.unit_id, projects.document_id)) as unit_count,
        count(distinct projects.project_key) as project_count,
        string_agg(distinct projects.division_name, '、' order by projects.division_name) as division_names
    from texts
    inner join projects on texts.project_id = projects.project_id
    where texts.plain_text is not null
    group by texts.text_type, texts.plain_text
    having count(distinct projects.division_code) >= 2
)

select * from shared
order by county_count desc, text_type asc, project_count desc, printed_text asc
