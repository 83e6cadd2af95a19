-- What differs from the file that was replaced: things, each once however many of its fields differ.
with subjects as (
    select distinct
        cause, subject_type, change_type, file_name, project_key, fiscal_year, checkpoint_month, indicator_no, rule_id,
        rejection_id
    from meta.change
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
    list_position(['document', 'rejection', 'project', 'plan_point', 'indicator', 'finding'], subject_type),
    list_position(['new', 'changed', 'gone'], change_type),
    cause
