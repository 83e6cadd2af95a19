-- A project without an effective budget has an error that says why: no money is missing in silence.
with

without_money as (
    select project_id from {{ ref('fct_project_budget') }}
    where budget_cny is null
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
