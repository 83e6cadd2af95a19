with indicators as (
    select * from {{ ref('int_quality_indicator') }}
),

projects as (
    select
        project_id,
        project_key
    from {{ ref('dim_project') }}
),

-- without a unit the document is the scope; a project that runs for years is one project
keyed as (
    select
        indicators.*,
        coalesce(indicators.unit_id, indicators.document_id) as reuse_scope,
        projects.project_key
    from indicators
    inner join projects on indicators.project_id = projects.project_id
    where
        indicators.name_plain_text is not null
        and indicators.target_plain_text is not null
        and indicators.target_kind <> 'blank'
),

reused as (
    select
        reuse_scope,
        name_plain_text,
        target_plain_text,
        count(distinct project_key) as project_count
    from keyed
    group by reuse_scope, name_plain_text, target_plain_text
    having count(distinct project_key) >= 4
),

judged as (
    select
        'Q27' as rule_id,
        keyed.document_id,
        keyed.project_id,
        keyed.indicator_no,
        true as is_failing,
        concat_ws('', keyed.label_text, ' | ', keyed.target_text) as evidence_text,
        keyed.target_source_ref as source_ref,
        keyed.label_text,
        keyed.target_quote,
        reused.project_count
    from keyed
    inner join reused
        on
            keyed.reuse_scope = reused.reuse_scope
            and keyed.name_plain_text = reused.name_plain_text
            and keyed.target_plain_text = reused.target_plain_text
),

asked as (
    select distinct
        'Q27' as rule_id,
        document_id,
        project_id
    from indicators
),

reviewed as (
    {{ reviewed('judged', 'indicator', ['label_text', 'target_quote', 'project_count'], asked='asked') }}
)

select * from reviewed
