with observations as (
    select * from {{ source('staging', 'observation') }}
),

rules as (
    select * from {{ ref('reading_observation') }}
    where is_reported
),

documents as (
    select document_id from {{ ref('dim_document') }}
    where is_current
),

projects as (
    select
        project_id,
        document_id,
        project_no
    from {{ ref('dim_project') }}
),

indicators as (
    select
        document_id,
        project_no,
        indicator_no,
        source_ref
    from {{ source('staging', 'indicator') }}
),

-- a row that the reader did not number is the indicator that stands at its place
placed as (
    select
        observations.document_id,
        observations.project_no,
        observations.observation_no,
        coalesce(observations.indicator_no, indicators.indicator_no) as indicator_no,
        rules.rule_id,
        rules.name_zh,
        rules.name_en,
        observations.evidence_text,
        observations.source_ref
    from observations
    inner join documents on observations.document_id = documents.document_id
    inner join rules on observations.observation_code = rules.observation_code
    left join indicators
        on
            observations.document_id = indicators.document_id
            and observations.project_no = indicators.project_no
            and observations.source_ref = indicators.source_ref
),

-- the same words once, however often they were seen
named as (
    select
        rule_id,
        document_id,
        project_no,
        indicator_no,
        name_zh,
        name_en,
        min(observation_no) as first_no,
        {{ text_in_order('evidence_text', 'observation_no', "'；'") }} as evidence_text,
        {{ text_in_order('source_ref', 'observation_no', "'+'") }} as source_ref
    from placed
    group by rule_id, document_id, project_no, indicator_no, name_zh, name_en
),

joined as (
    select
        rule_id,
        document_id,
        project_no,
        indicator_no,
        {{ text_in_order('name_zh', 'first_no', "'；'") }} as message_zh,
        {{ text_in_order('name_en', 'first_no', "', '") }} as message_en,
        {{ text_in_order('evidence_text', 'first_no', "'；'") }} as evidence_text,
        {{ text_in_order('source_ref', 'first_no', "'+'") }} as source_ref
    from named
    group by rule_id, document_id, project_no, indicator_no
),

findings as (
    select
        joined.rule_id,
        case
            when joined.project_no is null then 'document'
            when joined.indicator_no is null then 'project'
            else 'indicator'
        end as subject_type,
        joined.document_id,
        projects.project_id,
        joined.indicator_no,
        joined.evidence_text,
        joined.message_zh,
        joined.message_en,
        joined.source_ref
    from joined
    left join projects on joined.document_id = projects.document_id and joined.project_no = projects.project_no
)

select * from findings
