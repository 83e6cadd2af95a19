-- A model of findings that nobody unites finds nothing: every int_finding_ and int_applicable_ model must be read.
{% set left_out = models_left_out('int_finding') + models_left_out('int_applicable') %}

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
