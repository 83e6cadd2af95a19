-- What differs from the file that was replaced: things, each once however many of its fields differ. Of two rows of one thing
-- nothing differs but the field and its values.
with subjects as (
    select distinct * exclude (field_name, old_value, new_value) from meta.change
    where $division_code is null or division_code = $division_code
)

select
    subject_type,
    change_type,
    cause,
    count(*) as subject_count
from subjects
group by subject_type, change_type, cause
order by
    list_position(
        [
            'document', 'rejection', 'project', 'plan_point', 'indicator', 'fund', 'execution', 'result', 'department_goal',
            'department_target', 'department_standard', 'finding'
        ],
        subject_type
    ),
    list_position(['new', 'changed', 'gone'], change_type),
    cause
