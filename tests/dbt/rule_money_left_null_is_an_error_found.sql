-- A project without an effective budget has an error that says why: no money is missing in silence.
with

-- a list whose money stands in another table has none to miss
without_money as (
    select budgets.project_id
    from {{ ref('fct_project_budget') }} as budgets
    inner join {{ ref('dim_project') }} as projects on budgets.project_id = projects.project_id
    inner join {{ ref('dim_form') }} as forms on projects.form_id = forms.form_id
    where budgets.budget_cny is null and forms.has_money
),

explained as (
    select project_id from {{ ref('int_review_reading_form') }}
    where status = 'fail' and rule_id in ('R09', 'R10', 'R11', 'R12', 'R33')
    union
    select project_id from {{ ref('int_review_reading_observation') }}
    where status = 'fail' and rule_id = 'R37'
)

select without_money.project_id
from without_money
left join explained on without_money.project_id = explained.project_id
where explained.project_id is null
