-- A rule id misspelt in a review would leave its rule not_applicable everywhere, unseen.
select distinct reviews.rule_id
from {{ ref('int_review') }} as reviews
left join {{ ref('rule') }} as rules on reviews.rule_id = rules.rule_id
where rules.rule_id is null or not rules.is_verdict
