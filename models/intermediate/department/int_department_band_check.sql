with standards as (
    select * from {{ to_read_by_fact(ref('fct_department_standard')) }}
    where has_bounds
),

grades as (
    select
        grade,
        min(word) filter (where length(word) = 1) as grade_name
    from {{ ref('grade_word') }}
    group by grade
),

-- from the lowest band up; whichever grade it is, small may be good
neighbours as (
    select
        standards.document_id,
        standards.department_goal_id,
        grades.grade_name,
        standards.lower_value,
        standards.upper_value,
        lead(grades.grade_name) over bands_of_standard as next_name,
        lead(standards.lower_value) over bands_of_standard as next_lower,
        lead(standards.upper_value) over bands_of_standard as next_upper,
        lead(standards.grade) over bands_of_standard is not null as has_next,
        row_number() over (
            partition by standards.department_goal_id
            order by standards.standard_no, standards.lower_value nulls first, standards.grade
        ) as step_no
    from standards
    inner join grades on standards.grade = grades.grade
    window bands_of_standard as (
        partition by standards.department_goal_id, standards.standard_no, standards.unit
        order by standards.lower_value nulls first, standards.upper_value nulls last, standards.grade
    )
),

-- 80-89 and 90-100 are whole numbers side by side, and leave no gap
steps as (
    select
        document_id,
        department_goal_id,
        step_no,
        grade_name,
        next_name,
        case
            when upper_value is null or next_lower is null or next_lower < upper_value then 'overlap'
            when next_lower = upper_value then 'shared'
            when next_lower - upper_value > 1 or floor(upper_value) <> upper_value or floor(next_lower) <> next_lower
                then 'gap'
            else 'beside'
        end as step_type
    from neighbours
    where has_next
),

checked as (
    select
        document_id,
        department_goal_id,
        bool_or(step_type in ('overlap', 'gap')) as is_apart,
        bool_or(step_type = 'shared') as is_shared,
        {{ text_in_order(
            "concat_ws('', grade_name, '与', next_name, case step_type when 'overlap' then '重叠' else '有空档' end)",
            'step_no',
            "'、'"
        ) }} filter (where step_type in ('overlap', 'gap')) as apart_words,
        {{ text_in_order("concat_ws('', grade_name, '与', next_name)", 'step_no', "'、'") }} filter (
            where step_type = 'shared'
        ) as shared_words
    from steps
    group by document_id, department_goal_id
)

select * from checked
