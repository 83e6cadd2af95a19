-- Every county and year of the current documents that the report has a page of.
select summary.*
from reports.county_summary as summary
where $division_code is null or summary.division_code = $division_code
order by summary.division_code nulls last, summary.fiscal_year nulls last
