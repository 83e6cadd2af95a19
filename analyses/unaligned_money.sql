-- Which projects resemble no itemised goal of their own unit?
-- 哪些项目与本单位的分项绩效目标都不相近？
-- One row per project whose name shares less than a quarter of its pairs of characters with each goal; the goal that
-- comes nearest, where any pair is shared. A score, no verdict. The largest budget first.
with units as (
    select * from marts.dim_unit
),

projects as (
    select
        projects.*,
        units.unit_name
    from marts.dim_project as projects
    left join units on projects.unit_id = units.unit_id
),

budgets as (
    select * from marts.fct_project_budget
),

alignments as (
    select * from quality.department_alignment
),

goals as (
    select * from marts.dim_department_goal
),

ranked as (
    select
        alignments.*,
        goals.goal_no,
        bool_or(alignments.is_alike) over (partition by alignments.project_id) as is_aligned,
        row_number() over (
            partition by alignments.project_id
            order by alignments.similarity_ratio desc nulls last, goals.goal_no asc
        ) as place_no
    from alignments
    inner join goals on alignments.department_goal_id = goals.department_goal_id
),

unaligned as (
    select
        projects.division_code,
        projects.project_no,
        projects.project_name,
        budgets.budget_cny,
        ranked.similarity_ratio,
        case when ranked.similarity_ratio > 0 then ranked.goal_no end as nearest_goal_no,
        projects.unit_name,
        projects.project_id
    from ranked
    inner join projects on ranked.project_id = projects.project_id
    inner join budgets on ranked.project_id = budgets.project_id
    where ranked.place_no = 1 and not ranked.is_aligned
)

select * from unaligned
order by budget_cny desc nulls last, project_id asc
