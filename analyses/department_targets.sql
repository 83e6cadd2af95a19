-- Which quantities did each unit promise in part one?
-- 各单位在第一部分承诺了哪些数量？
-- One row per quantity of a goal or its indicators; goals that repeat an earlier text are out.
with units as (
    select * from marts.dim_unit
),

goals as (
    select * from marts.dim_department_goal
    where not is_repeated
),

targets as (
    select * from marts.fct_department_target
),

stated as (
    select
        goals.division_code,
        goals.fiscal_year,
        goals.section_type,
        goals.goal_no,
        targets.target_no,
        targets.from_type,
        targets.target_text,
        targets.comparator,
        targets.target_value,
        targets.target_value_to,
        targets.target_unit,
        targets.target_date,
        targets.source_ref,
        units.unit_name,
        goals.document_id
    from targets
    inner join goals on targets.department_goal_id = goals.department_goal_id
    left join units on goals.unit_id = units.unit_id
)

select * exclude (document_id) from stated
order by division_code nulls last, fiscal_year nulls last, document_id, goal_no, target_no
