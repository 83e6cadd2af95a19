-- What did each unit set itself, and is it measured and graded?
-- 各单位给自己定了哪些分项目标，有没有指标、数量和分档标准？
-- One row per itemised goal of part one, a text that is printed again once. Quantities: those of the goal and of its
-- indicators.
with units as (
    select * from marts.dim_unit
),

goals as (
    select * from marts.dim_department_goal
    where section_type = 'itemised_goals'
    qualify row_number() over (
        partition by document_id, goal_text, indicator_text, standard_text
        order by goal_no
    ) = 1
),

targets as (
    select
        department_goal_id,
        count(*) as target_count
    from marts.fct_department_target
    group by department_goal_id
),

standards as (
    select
        department_goal_id,
        count(*) as grade_count
    from marts.fct_department_standard
    group by department_goal_id
),

described as (
    select
        goals.division_code,
        goals.fiscal_year,
        goals.goal_no,
        goals.duty_name,
        goals.activity_name,
        goals.indicator_text is not null as has_indicator,
        coalesce(targets.target_count, 0) as target_count,
        coalesce(standards.grade_count, 0) as grade_count,
        units.unit_name,
        goals.document_id
    from goals
    left join units on goals.unit_id = units.unit_id
    left join targets on goals.department_goal_id = targets.department_goal_id
    left join standards on goals.department_goal_id = standards.department_goal_id
)

select * exclude (document_id) from described
order by division_code nulls last, fiscal_year nulls last, document_id, goal_no
