with similarities as (
    select * from {{ ref('int_indicator_similarity') }}
)

select * from similarities
