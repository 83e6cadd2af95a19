with projects as (
    select * from {{ ref('dim_project') }}
),

projects_with_indicators as (
    select distinct project_id from {{ ref('fct_indicator_target') }}
),

goals as (
    select * from {{ ref('int_goal_review') }}
),

row_rejections as (
    select * from {{ ref('int_project_row_rejection') }}
),

-- these ask for something that every form must have
unconditional as (
    select
        rules.rule_id,
        projects.project_id
    from projects
    cross join (values ('Q02'), ('Q03'), ('Q20'), ('Q24')) as rules (rule_id)
),

indicators_known as (
    select
        'Q01' as rule_id,
        projects.project_id
    from projects
    left join projects_with_indicators on projects.project_id = projects_with_indicators.project_id
    left join row_rejections on projects.project_id = row_rejections.project_id
    where projects_with_indicators.project_id is not null or row_rejections.project_id is null
),

goal_and_purpose as (
    select
        'Q10' as rule_id,
        project_id
    from goals
    where is_purpose_copied is not null
),

years_known as (
    select
        'Q29' as rule_id,
        project_id
    from projects
    where code_year is not null and fiscal_year is not null
),

combined as (
    select * from unconditional
    union all
    select * from indicators_known
    union all
    select * from goal_and_purpose
    union all
    select * from years_known
)

select * from combined
