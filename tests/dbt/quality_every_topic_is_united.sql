-- A review that nobody unites finds nothing: int_review must read every model int_review_<topic>.
{% set left_out = models_left_out('int_review') %}

with

names as (
    select
        '{{ left_out | join(', ') }}' as model_names,
        count(*) as rule_count
    from {{ ref('rule') }}
)

select model_names
from names
where model_names <> ''
