-- The projects of one document that count, each with what its form prints of itself and what that was read as.
select
    project.project_id,
    project.project_no,
    project.project_code,
    project.project_name,
    project.fiscal_year,
    project.unit_name,
    project.form_family,
    project.theme,
    project.budget_cny,
    project.budget_basis,
    project.stated_budget_cny,
    project.fiscal_funds_cny,
    project.other_funds_cny,
    project.plan_basis,
    project.indicator_count,
    project.quantified_count,
    project.error_finding_count,
    project.warning_finding_count,
    project.information_finding_count,
    project.has_personal_content,
    project.source_ref,
    project.source_url,
    project.comparability_note,
    form.has_code,
    form.has_basis,
    printed.heading_text,
    printed.unit_text,
    printed.amount_unit_text,
    printed.project_code as project_code_text,
    printed.project_name as project_name_text,
    printed.total_budget_text,
    printed.total_budget_source_ref,
    printed.fiscal_funds_text,
    printed.fiscal_funds_source_ref,
    printed.other_funds_text,
    printed.other_funds_source_ref,
    printed.purpose_text,
    printed.plan_header_text
from reports.project_overview as project
inner join staging.project as printed
    on project.document_id = printed.document_id and project.project_no = printed.project_no
inner join marts.dim_project as dimension on project.project_id = dimension.project_id
left join marts.dim_form as form on dimension.form_id = form.form_id
where project.document_id = $document_id
order by
    project.project_no
