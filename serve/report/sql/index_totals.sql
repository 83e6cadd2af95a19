-- How much the report is about. Money of different years is never added, so there is none.
select
    count(*) as document_count,
    count(*) filter (where shown.is_current) as current_document_count,
    count(distinct document.division_code) as county_count,
    count(*) filter (where document.division_code is null) as county_unknown_document_count,
    count(distinct document.unit_id) as unit_count,
    count(distinct document.fiscal_year) as year_count,
    count(*) filter (where document.fiscal_year is null) as year_unknown_document_count,
    cast(coalesce(sum(document.project_count), 0) as bigint) as project_count,
    cast(coalesce(sum(document.indicator_count), 0) as bigint) as indicator_count,
    cast(coalesce(sum(document.error_finding_count), 0) as bigint) as error_finding_count,
    cast(coalesce(sum(document.warning_finding_count), 0) as bigint) as warning_finding_count,
    cast(coalesce(sum(document.information_finding_count), 0) as bigint) as information_finding_count
from reports.document_overview as document
inner join shown_document as shown on document.document_id = shown.document_id
