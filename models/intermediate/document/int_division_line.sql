with recursive successions as (
    select
        division_code,
        successor_code
    from {{ ref('int_division_succession') }}
    where is_one_to_one and division_code <> successor_code
),

codes as (
    select distinct division_code from {{ ref('int_division') }}
),

walk as (
    select
        division_code,
        division_code as line_code,
        0 as step_no
    from codes
    union all
    select
        walk.division_code,
        successions.successor_code as line_code,
        walk.step_no + 1 as step_no
    from walk
    inner join successions on walk.line_code = successions.division_code
    where walk.step_no < 20
),

newest as (
    select
        division_code,
        line_code
    from walk
    qualify row_number() over (partition by division_code order by step_no desc) = 1
)

select * from newest
