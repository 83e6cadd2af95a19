-- The spending plans of one document: each point as printed and as read.
select
    printed.project_no,
    printed.checkpoint_month,
    printed.value_text,
    printed.source_ref,
    plan.plan_basis,
    plan.cumulative_ratio,
    plan.cumulative_cny
from staging.plan_point as printed
left join marts.fct_spending_plan as plan
    on
        printed.document_id || '-' || printed.project_no = plan.project_id
        and printed.checkpoint_month = plan.checkpoint_month
where printed.document_id = $document_id
order by
    printed.project_no,
    printed.checkpoint_month
