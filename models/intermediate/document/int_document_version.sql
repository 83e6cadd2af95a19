with years as (
    select * from {{ ref('int_document_year') }}
),

units as (
    select * from {{ ref('int_document_unit') }}
),

statuses as (
    select * from {{ ref('int_document_status') }}
),

described as (
    select
        years.document_id,
        years.fiscal_year,
        units.unit_id,
        units.division_code,
        statuses.version_rank,
        coalesce(statuses.published_on, date '0001-01-01') as published_on,
        coalesce(statuses.title_date, date '0001-01-01') as title_date,
        coalesce(statuses.retrieved_on, date '0001-01-01') as retrieved_on,
        -- without a year or a unit nothing says that two documents are versions of one
        case
            when years.fiscal_year is null or units.unit_id is null then years.document_id
            else concat(units.unit_id, '-', cast(years.fiscal_year as varchar))
        end as version_group
    from years
    inner join units on years.document_id = units.document_id
    inner join statuses on years.document_id = statuses.document_id
),

ranked as (
    select
        document_id,
        version_group,
        division_code,
        row_number() over (
            partition by version_group
            order by version_rank desc, published_on desc, title_date desc, retrieved_on desc, document_id asc
        ) as version_no,
        rank() over (
            partition by version_group
            order by version_rank desc, published_on desc, title_date desc, retrieved_on desc
        ) as version_place
    from described
),

decided as (
    select
        document_id,
        version_no = 1 as is_current,
        first_value(document_id) over (partition by version_group order by version_no) as current_document_id,
        version_place = 1
        and count(*) over (partition by version_group, version_place) > 1 as is_version_tie,
        -- names and codes repeat between counties: without a division two counties' documents may look like versions
        division_code is null
        and count(*) over (partition by version_group) > 1 as is_version_uncertain
    from ranked
)

select * from decided
