-- A rule that judges by signs must say so in its definition, in both languages; one without verdict is one of them.
select rule_id
from {{ ref('rule') }}
where
    is_heuristic <> (definition like '%启发式%' and lower(definition) like '%heuristic%')
    or (is_heuristic and not is_inferred)
    or (not is_verdict and not is_heuristic)
