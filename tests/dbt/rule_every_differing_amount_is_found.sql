-- The amounts of a text that reconcile are no finding, the others are: none may be lost between check and finding.
with

checked as (
    select project_id from {{ ref('int_text_amount_check') }}
    where not is_reconciled
    union
    select project_id from {{ ref('int_target_amount_check') }}
    where not is_reconciled
),

found as (
    select distinct project_id from {{ ref('int_review_text_amounts') }}
    where status = 'fail'
)

select
    checked.project_id as checked_project_id,
    found.project_id as found_project_id
from checked
full outer join found on checked.project_id = found.project_id
where checked.project_id is null or found.project_id is null
