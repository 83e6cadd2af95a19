-- A rule id misspelt in a model of applicable projects would leave its rule not_applicable everywhere, unseen.
select distinct applicable.rule_id
from {{ ref('int_applicable') }} as applicable
left join {{ ref('rule') }} as rules on applicable.rule_id = rules.rule_id
where rules.rule_id is null or not rules.is_verdict
