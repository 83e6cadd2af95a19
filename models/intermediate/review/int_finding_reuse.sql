with indicators as (
    select * from {{ ref('int_indicator_plain_text') }}
    where name_plain_text is not null and target_plain_text is not null and target_kind <> 'blank'
),

projects as (
    select
        project_id,
        project_key
    from {{ ref('dim_project') }}
),

-- without a unit the document stands for it; a project that runs for years is one project
keyed as (
    select
        indicators.*,
        coalesce(indicators.unit_id, indicators.document_id) as reuse_scope,
        projects.project_key
    from indicators
    inner join projects on indicators.project_id = projects.project_id
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

described as (
    select
        'Q27' as rule_id,
        'indicator' as subject_type,
        keyed.document_id,
        keyed.project_id,
        keyed.indicator_no,
        concat(keyed.label_text, ' | ', keyed.target_text) as evidence_text,
        concat(
            '三级指标“', keyed.label_text, '”、指标值“', keyed.target_quote, '”在本单位 ',
            cast(reused.project_count as varchar), ' 个项目中相同'
        ) as message_zh,
        concat(
            'indicator "', keyed.label_text, '" with target "', keyed.target_quote, '" stands in ',
            cast(reused.project_count as varchar), ' projects of the unit'
        ) as message_en,
        keyed.target_source_ref as source_ref
    from keyed
    inner join reused
        on
            keyed.reuse_scope = reused.reuse_scope
            and keyed.name_plain_text = reused.name_plain_text
            and keyed.target_plain_text = reused.target_plain_text
)

select * from described
