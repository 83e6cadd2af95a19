-- Each project read stands once in the facts if its document is current, else not at all: inner joins must drop none.
select
    projects.document_id,
    projects.project_no,
    count(budgets.project_id) as fact_count
from {{ source('staging', 'project') }} as projects
left join {{ ref('dim_document') }} as documents on projects.document_id = documents.document_id
left join {{ ref('fct_project_budget') }} as budgets
    on concat(projects.document_id, '-', cast(projects.project_no as varchar)) = budgets.project_id
left join {{ ref('dim_project') }} as dim_projects on budgets.project_id = dim_projects.project_id
group by projects.document_id, projects.project_no, documents.is_current
having
    documents.is_current is null
    or count(budgets.project_id) <> case when documents.is_current then 1 else 0 end
    or count(dim_projects.project_id) <> count(budgets.project_id)
