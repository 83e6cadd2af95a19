-- Each point of a plan stands under the checkpoint it is printed under: a swapped or shifted checkpoint shows here.
select
    plans.project_id,
    plans.checkpoint_month,
    plans.value_text,
    printed_points.value_text as printed_text
from {{ ref('fct_spending_plan') }} as plans
left join {{ ref('int_corrected_plan_point') }} as printed_points
    on
        plans.project_id = concat(printed_points.document_id, '-', cast(printed_points.project_no as varchar))
        and plans.checkpoint_month = printed_points.checkpoint_month
where
    printed_points.document_id is null
    or plans.value_text is distinct from printed_points.value_text
    or plans.source_ref is distinct from printed_points.source_ref
