with recursive steps as (
    select distinct
        successor_code,
        division_code
    from {{ ref('int_division_succession') }}
    where division_code <> successor_code
),

walk as (
    select
        successor_code as division_code,
        division_code as predecessor_code,
        1 as step_no
    from steps
    union all
    select
        walk.division_code,
        steps.division_code as predecessor_code,
        walk.step_no + 1 as step_no
    from walk
    inner join steps on walk.predecessor_code = steps.successor_code
    where walk.step_no < 20
),

predecessors as (
    select distinct
        division_code,
        predecessor_code
    from walk
    where division_code <> predecessor_code
)

select * from predecessors
