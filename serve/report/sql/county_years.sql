-- Every county and year of the current documents; is_shown where the report has a page of it.
select
    summary.*,
    $division_code is null or summary.division_code = $division_code as is_shown
from reports.county_summary as summary
order by summary.division_code nulls last, summary.fiscal_year nulls last
