-- What the facts say by themselves and what the rules found must agree, row by row: else analysts get two answers.
with

-- a rule does not ask a form for what it has no field for
forms as (
    select
        projects.project_id,
        kinds_of_form.has_plan,
        kinds_of_form.has_code
    from {{ ref('dim_project') }} as projects
    inner join {{ ref('dim_form') }} as kinds_of_form on projects.form_id = kinds_of_form.form_id
),

with_plan as (
    select project_id from forms
    where has_plan
),

with_code as (
    select project_id from forms
    where has_code
),

expected as (
    select
        'Q05' as rule_id,
        project_id,
        indicator_no
    from {{ ref('fct_indicator_target') }}
    where not is_quantified and term = 'annual'
    union all
    select
        'Q07' as rule_id,
        project_id,
        indicator_no
    from {{ ref('fct_indicator_target') }}
    where target_kind = 'blank' and term = 'annual'
    union all
    select
        'Q08' as rule_id,
        project_id,
        indicator_no
    from {{ ref('fct_indicator_target') }}
    where target_kind = 'yes_no' and term = 'annual'
    union all
    select
        'Q20' as rule_id,
        project_id,
        cast(null as integer) as indicator_no
    from {{ ref('fct_spending_plan') }}
    where project_id in (select with_plan.project_id from with_plan)
    group by project_id
    having count(*) filter (where is_stated) < 4
    union all
    select
        'Q24' as rule_id,
        project_id,
        cast(null as integer) as indicator_no
    from {{ ref('dim_project') }}
    where
        code_pattern in ('unrecognised', 'missing')
        and project_id in (select with_code.project_id from with_code)
),

found as (
    select
        rule_id,
        project_id,
        indicator_no
    from {{ ref('finding') }}
    where rule_id in ('Q05', 'Q07', 'Q08', 'Q20', 'Q24')
)

select
    coalesce(expected.rule_id, found.rule_id) as rule_id,
    coalesce(expected.project_id, found.project_id) as project_id,
    coalesce(expected.indicator_no, found.indicator_no) as indicator_no
from expected
full outer join found
    on
        expected.rule_id = found.rule_id
        and expected.project_id = found.project_id
        and coalesce(expected.indicator_no, 0) = coalesce(found.indicator_no, 0)
where expected.rule_id is null or found.rule_id is null
