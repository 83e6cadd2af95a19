-- A code of the reader that no rule knows would be silent: each one stands in the seed.
select distinct observations.observation_code
from {{ source('staging', 'observation') }} as observations
left join {{ ref('reading_observation') }} as codes on observations.observation_code = codes.observation_code
where codes.observation_code is null
