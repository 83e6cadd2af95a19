with years as (
    select * from {{ ref('int_document_year') }}
),

units as (
    select * from {{ ref('int_document_unit') }}
),

statuses as (
    select * from {{ ref('int_document_status') }}
),

documents as (
    select * from {{ source('staging', 'document') }}
),

identities as (
    select * from {{ ref('int_project_identity') }}
),

kind_words as (
    select distinct
        document_id,
        concat_ws(' ', form_kind, cast(as_of_month as string)) as kind_word
    from {{ ref('int_project_kind') }}
),

kinds as (
    select
        document_id,
        {{ text_in_order('kind_word', 'kind_word', "', '") }} as form_kinds
    from kind_words
    group by document_id
),

described as (
    select
        years.document_id,
        years.fiscal_year,
        units.unit_id,
        units.division_code,
        kinds.form_kinds,
        {{ is_whole_text('documents.title_text') }} as is_whole,
        count(identities.project_key) as key_count,
        statuses.version_rank,
        coalesce(statuses.published_on, date '0001-01-01') as published_on,
        coalesce(statuses.title_date, date '0001-01-01') as title_date,
        coalesce(statuses.retrieved_on, date '0001-01-01') as retrieved_on
    from years
    inner join units on years.document_id = units.document_id
    inner join statuses on years.document_id = statuses.document_id
    inner join documents on years.document_id = documents.document_id
    left join kinds on years.document_id = kinds.document_id
    left join identities on years.document_id = identities.document_id
    group by all
),

-- without a year or a unit nothing says that two documents are versions of one
ranked as (
    select
        *,
        row_number() over (
            partition by unit_id, fiscal_year
            order by version_rank desc, published_on desc, title_date desc, retrieved_on desc, document_id asc
        ) as version_no,
        rank() over (
            partition by unit_id, fiscal_year
            order by version_rank desc, published_on desc, title_date desc, retrieved_on desc
        ) as version_place
    from described
    where unit_id is not null and fiscal_year is not null
),

shared_keys as (
    select
        higher.document_id as higher_id,
        lower.document_id as lower_id,
        count(*) as shared_count
    from identities as higher
    inner join identities as lower
        on higher.project_key = lower.project_key and higher.document_id <> lower.document_id
    group by higher.document_id, lower.document_id
),

-- the higher of two versions: of one kind (results supersede no targets), two whole texts, or two that hold a project
-- together. A file of one project is no version of a text that holds others: that stays, and the project counts once
-- (int_project_copy).
pairs as (
    select
        higher.document_id as higher_id,
        lower.document_id as lower_id,
        higher.version_place = lower.version_place as is_tie
    from ranked as higher
    inner join ranked as lower
        on
            higher.unit_id = lower.unit_id
            and higher.fiscal_year = lower.fiscal_year
            and higher.form_kinds is not distinct from lower.form_kinds
            and higher.version_no < lower.version_no
    left join shared_keys
        on higher.document_id = shared_keys.higher_id and lower.document_id = shared_keys.lower_id
    where
        (higher.is_whole and lower.is_whole)
        or shared_keys.shared_count = lower.key_count
        or (shared_keys.shared_count > 0 and higher.key_count > 1)
),

-- a version that is superseded itself supersedes nothing: what only it held would vanish
superseded as (
    select distinct lower_id as document_id from pairs
),

replaced as (
    select
        pairs.lower_id as document_id,
        pairs.higher_id as current_document_id,
        pairs.is_tie
    from pairs
    left join superseded on pairs.higher_id = superseded.document_id
    inner join ranked on pairs.higher_id = ranked.document_id
    where superseded.document_id is null
    qualify row_number() over (partition by pairs.lower_id order by ranked.version_no) = 1
),

tied as (
    select document_id from replaced
    where is_tie
    union
    select current_document_id as document_id from replaced
    where is_tie
),

grouped as (
    select document_id from replaced
    union
    select current_document_id as document_id from replaced
),

decided as (
    select
        described.document_id,
        described.form_kinds,
        replaced.document_id is null as is_current,
        coalesce(replaced.current_document_id, described.document_id) as current_document_id,
        tied.document_id is not null as is_version_tie,
        -- names and codes repeat between counties: without a division two counties' documents may look like versions
        described.division_code is null and grouped.document_id is not null as is_version_uncertain
    from described
    left join replaced on described.document_id = replaced.document_id
    left join tied on described.document_id = tied.document_id
    left join grouped on described.document_id = grouped.document_id
)

select * from decided
