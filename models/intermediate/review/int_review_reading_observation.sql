with observations as (
    select * from {{ source('staging', 'observation') }}
),

codes as (
    select * from {{ ref('reading_observation') }}
    where is_reported
),

documents as (
    select document_id from {{ ref('dim_document') }}
    where is_current
),

projects as (
    select * from {{ ref('dim_project') }}
),

indicators as (
    select * from {{ source('staging', 'indicator') }}
),

-- a row that the reader did not number is the indicator at its place
placed as (
    select
        observations.document_id,
        observations.project_no,
        observations.observation_no,
        coalesce(observations.indicator_no, indicators.indicator_no) as indicator_no,
        codes.rule_id,
        codes.name_zh,
        codes.name_en,
        observations.evidence_text,
        observations.source_ref
    from observations
    inner join documents on observations.document_id = documents.document_id
    inner join codes on observations.observation_code = codes.observation_code
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

judged as (
    select
        named.rule_id,
        named.document_id,
        projects.project_id,
        named.indicator_no,
        true as is_failing,
        {{ text_in_order('named.evidence_text', 'named.first_no', "'；'") }} as evidence_text,
        {{ text_in_order('named.source_ref', 'named.first_no', "'+'") }} as source_ref,
        {{ text_in_order('named.name_zh', 'named.first_no', "'；'") }} as observed,
        {{ text_in_order('named.name_en', 'named.first_no', "', '") }} as observed_en
    from named
    left join projects on named.document_id = projects.document_id and named.project_no = projects.project_no
    group by named.rule_id, named.document_id, projects.project_id, named.indicator_no
),

projects_with_indicators as (
    select distinct
        document_id,
        project_no
    from indicators
),

-- a project that fails itself has no other row beside its finding
asked as (
    select
        rules.rule_id,
        projects.document_id,
        projects.project_id
    from projects
    cross join (values ('R27'), ('R28'), ('R29'), ('R30'), ('R31'), ('R37'), ('R38'), ('R40')) as rules (rule_id)
    left join projects_with_indicators
        on
            projects.document_id = projects_with_indicators.document_id
            and projects.project_no = projects_with_indicators.project_no
    where
        (projects_with_indicators.document_id is not null or rules.rule_id not in ('R27', 'R31'))
        -- no left join without a match: DuckDB 2.0.0 drops the condition `is null` of its right side
        and not exists (
            select judged.rule_id
            from judged
            where
                judged.rule_id = rules.rule_id
                and judged.project_id = projects.project_id
                and judged.indicator_no is null
        )
),

reviewed as (
    {{ reviewed('judged', 'indicator', ['observed', 'observed_en'], asked='asked') }}
)

select * from reviewed
