with divisions as (
    select * from {{ ref('dim_division') }}
    where division_level = 'county'
),

goals as (
    select * from {{ to_read_by_fact(ref('dim_department_goal')) }}
),

targets as (
    select
        department_goal_id,
        count(*) as target_count,
        count(*) filter (where from_type = 'indicator') as indicator_target_count
    from {{ to_read_by_fact(ref('fct_department_target')) }}
    group by department_goal_id
),

standards as (
    select
        department_goal_id,
        count(*) as grade_count,
        count(*) filter (where has_bounds) as bounded_grade_count
    from {{ to_read_by_fact(ref('fct_department_standard')) }}
    group by department_goal_id
),

readings as (
    select * from {{ to_read_by_fact(ref('int_department_goal')) }}
),

level_words as (
    select distinct
        word,
        division_ending
    from {{ ref('government_level_word') }}
),

words as (
    select * from {{ ref('int_department_level_word') }}
),

odd_words as (
    select
        goals.department_goal_id,
        words.word
    from words
    inner join goals on words.department_goal_id = goals.department_goal_id
    inner join divisions on goals.division_id = divisions.division_id
    inner join level_words
        on
            right(divisions.division_name, 1) = level_words.division_ending
            and words.word = level_words.word
),

odd_goals as (
    select
        department_goal_id,
        {{ text_in_order('word', 'word', "'、'") }} as odd_level_words
    from odd_words
    group by department_goal_id
),

checked as (
    select
        goals.department_goal_id,
        goals.document_id,
        goals.section_type,
        goals.goal_no,
        concat_ws(
            '',
            '第', goals.goal_no, '条 ',
            coalesce(
                goals.activity_name,
                goals.duty_name,
                case
                    when length(goals.goal_text) > 20 then concat_ws('', left(goals.goal_text, 20), '…')
                    else goals.goal_text
                end
            )
        ) as goal_name,
        goals.is_repeated,
        readings.is_copy,
        goals.indicator_text is not null as has_indicator,
        coalesce(standards.grade_count, 0) > 0 as is_graded,
        coalesce(targets.target_count, 0) as target_count,
        -- a standard with bounds measures its indicator as well as a figure in it does
        coalesce(targets.indicator_target_count, 0) > 0 or coalesce(standards.bounded_grade_count, 0) > 0
            as is_measurable,
        goals.standard_text is not null and coalesce(standards.grade_count, 0) = 0
        or coalesce(standards.grade_count > standards.bounded_grade_count, false) as has_grade_without_bounds,
        divisions.division_id is not null as is_level_known,
        odd_goals.odd_level_words,
        readings.is_long,
        goals.source_ref
    from goals
    left join targets on goals.department_goal_id = targets.department_goal_id
    left join standards on goals.department_goal_id = standards.department_goal_id
    left join divisions on goals.division_id = divisions.division_id
    left join odd_goals on goals.department_goal_id = odd_goals.department_goal_id
    inner join readings on goals.department_goal_id = readings.department_goal_id
)

select * from checked
