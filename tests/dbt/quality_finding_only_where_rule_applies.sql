-- An indicator that fails a rule which does not ask its project: the two halves of that review disagree.
select
    rule_id,
    project_id
from {{ ref('finding') }}
where project_id is not null
except
select
    rule_id,
    project_id
from {{ ref('int_review') }}
where indicator_no is null
