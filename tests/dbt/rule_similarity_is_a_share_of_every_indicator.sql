-- Each indicator has one score, and a score is a share: a missing row would look like an indicator nobody need read.
select
    indicators.indicator_id,
    similarities.similarity_ratio
from {{ ref('fct_indicator_target') }} as indicators
left join {{ ref('indicator_similarity') }} as similarities on indicators.indicator_id = similarities.indicator_id
where
    similarities.indicator_id is null
    or similarities.similarity_ratio not between 0 and 1
