-- What differs from the file that was replaced: things, each once however many of its fields differ. What only moved in its
-- document (another line, another document_id) is counted by itself, as the summary of a build leaves it out.
with fields as (
    select
        * exclude (old_value, new_value),
        change_type = 'changed' and subject_type <> 'document' and list_contains($places, field_name) as is_place
    from meta.change
    where $division_code is null or division_code = $division_code
),

subjects as (
    select
        subject_type,
        change_type,
        cause,
        bool_and(is_place) as is_moved
    from fields
    group by
        build_id, subject_type, change_type, cause, file_name, project_key, fiscal_year, division_code, checkpoint_month,
        indicator_no, rule_id, rejection_id, part_key
)

select
    subject_type,
    if(is_moved, 'moved', change_type) as change_type,
    cause,
    count(*) as subject_count
from subjects
group by subject_type, is_moved, change_type, cause
order by
    list_position(
        [
            'document', 'rejection', 'project', 'plan_point', 'indicator', 'fund', 'execution', 'result', 'department_goal',
            'department_target', 'department_standard', 'finding'
        ],
        subject_type
    ),
    is_moved,
    list_position(['new', 'changed', 'gone'], subjects.change_type),
    cause
