-- Two current whole texts of one unit and year would count its money twice.
select
    unit_id,
    fiscal_year,
    count(*) as document_count
from {{ ref('dim_document') }}
where is_current and unit_id is not null and fiscal_year is not null and {{ is_whole_text('title_text') }}
group by unit_id, fiscal_year
having count(*) > 1
