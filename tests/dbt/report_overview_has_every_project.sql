-- The overview holds each current project once: its inner joins to document and division may drop none.
select
    projects.project_id,
    overview.project_id as overview_project_id
from {{ ref('dim_project') }} as projects
full join {{ ref('project_overview') }} as overview on projects.project_id = overview.project_id
where projects.project_id is null or overview.project_id is null
