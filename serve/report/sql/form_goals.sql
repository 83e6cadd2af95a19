select
    project_no,
    goal_no,
    label_text,
    goal_text,
    source_ref
from staging.goal
where document_id = $document_id
order by
    project_no,
    goal_no
