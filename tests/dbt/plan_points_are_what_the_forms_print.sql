-- Each point of a plan stands under the checkpoint it is printed under: a swapped or shifted checkpoint shows here. A
-- point that the reader rejected is blank.
select
    facts.project_id,
    facts.checkpoint_month,
    facts.value_text,
    printed_points.value_text as printed_text
from {{ ref('fct_spending_plan') }} as facts
left join {{ ref('int_corrected_plan_point') }} as printed_points
    on
        facts.project_id = {{ project_id('printed_points') }}
        and facts.checkpoint_month = printed_points.checkpoint_month
where
    facts.value_text is distinct from printed_points.value_text
    or facts.source_ref is distinct from printed_points.source_ref
