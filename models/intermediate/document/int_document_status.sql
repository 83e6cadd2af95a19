with documents as (
    select
        document_id,
        {{ narrow(without_space('title_text')) }} as plain_title
    from {{ source('staging', 'document') }}
),

manifest as (
    select
        document_id,
        disclosure_status,
        source_url,
        try_cast(published_on as date) as published_on,
        try_cast(retrieved_on as date) as retrieved_on
    from {{ source('staging', 'manifest') }}
),

statuses as (
    select * from {{ ref('disclosure_status') }}
),

stated as (
    select
        documents.document_id,
        count(*) as status_count,
        min(statuses.disclosure_status) as disclosure_status
    from documents
    inner join statuses on {{ regexp_like('documents.plain_title', 'statuses.title_pattern') }}
    group by documents.document_id
),

dated as (
    select
        document_id,
        {{ regexp_first(arabic_numbers('plain_title'), "'20[0-9]{2}年[0-9]{1,2}月(?:[0-9]{1,2}日)?'") }} as date_text
    from documents
),

decided as (
    select
        documents.document_id,
        case
            when manifest.disclosure_status is not null then manifest.disclosure_status
            -- 预算调整（草案）: the draft of an adjustment is neither
            when stated.status_count = 1 then stated.disclosure_status
            else 'unknown'
        end as disclosure_status,
        manifest.published_on,
        -- a month without a day counts from its first day; a day that no calendar has is no date
        try_cast(
            concat_ws(
                '',
                substr(dated.date_text, 1, 4), '-',
                lpad({{ regexp_first('dated.date_text', "'年([0-9]+)月'", 1) }}, 2, '0'), '-',
                lpad(coalesce({{ regexp_first('dated.date_text', "'月([0-9]+)日'", 1) }}, '1'), 2, '0')
            ) as date
        ) as title_date,
        manifest.retrieved_on,
        manifest.source_url,
        manifest.disclosure_status is null and coalesce(stated.status_count, 0) > 1 as is_status_ambiguous
    from documents
    left join manifest on documents.document_id = manifest.document_id
    left join stated on documents.document_id = stated.document_id
    left join dated on documents.document_id = dated.document_id
),

ranked as (
    select
        decided.document_id,
        decided.disclosure_status,
        statuses.version_rank,
        decided.published_on,
        decided.title_date,
        decided.retrieved_on,
        decided.source_url,
        decided.is_status_ambiguous
    from decided
    inner join statuses on decided.disclosure_status = statuses.disclosure_status
)

select * from ranked
