-- No indicator of a current document is lost or doubled on the way, because a missing row changes every share.
with

expected as (
    select count(*) as indicator_count
    from {{ source('staging', 'indicator') }} as indicators
    inner join {{ ref('int_project_context') }} as projects
        on indicators.document_id = projects.document_id and indicators.project_no = projects.project_no
    where projects.is_current
),

loaded as (
    select count(*) as indicator_count from {{ ref('fct_indicator_target') }}
)

select
    expected.indicator_count as expected_count,
    loaded.indicator_count as loaded_count
from expected
cross join loaded
where expected.indicator_count != loaded.indicator_count
