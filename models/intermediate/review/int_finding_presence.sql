with projects as (
    select * from {{ ref('dim_project') }}
),

indicators as (
    select * from {{ ref('fct_indicator_target') }}
),

row_rejections as (
    select * from {{ ref('int_project_row_rejection') }}
),

required_categories as (
    select * from {{ ref('quality_required_category') }}
),

requirements as (
    select distinct
        requirement_no,
        requirement_name,
        requirement_name_en
    from required_categories
),

projects_with_indicators as (
    select
        project_id,
        count(*) filter (where category_id = 'unknown') as unknown_count
    from indicators
    group by project_id
),

without_indicator as (
    select
        'Q01' as rule_id,
        projects.project_id,
        '绩效指标 0 行' as evidence_text,
        concat('项目“', coalesce(projects.project_name, ''), '”没有绩效指标') as message_zh,
        concat('project "', coalesce(projects.project_name, ''), '" has no indicator') as message_en
    from projects
    left join projects_with_indicators on projects.project_id = projects_with_indicators.project_id
    left join row_rejections on projects.project_id = row_rejections.project_id
    -- a row that is printed but could not be read is a rejection, no fault of the document
    where projects_with_indicators.project_id is null and row_rejections.project_id is null
),

without_purpose as (
    select
        'Q03' as rule_id,
        project_id,
        coalesce(purpose_text, '资金用途（空白）') as evidence_text,
        concat('项目“', coalesce(project_name, ''), '”没有写资金用途') as message_zh,
        concat('project "', coalesce(project_name, ''), '" states no purpose of its money') as message_en
    from projects
    where purpose_text is null or {{ is_dash('purpose_text') }}
),

requirements_met as (
    select distinct
        indicators.project_id,
        required_categories.requirement_no
    from indicators
    inner join required_categories on indicators.category_id = required_categories.category_id
),

requirements_missed as (
    select
        projects_with_indicators.project_id,
        {{ text_in_order('requirements.requirement_name', 'requirements.requirement_no', "'、'") }} as missing_names,
        {{ text_in_order('requirements.requirement_name_en', 'requirements.requirement_no', "', '") }}
            as missing_names_en,
        min(projects_with_indicators.unknown_count) as unknown_count
    from projects_with_indicators
    cross join requirements
    left join requirements_met
        on
            projects_with_indicators.project_id = requirements_met.project_id
            and requirements.requirement_no = requirements_met.requirement_no
    where requirements_met.project_id is null
    group by projects_with_indicators.project_id
),

without_category as (
    select
        'Q04' as rule_id,
        project_id,
        concat(
            '缺少：', missing_names,
            case
                when unknown_count > 0
                    then concat('；另有 ', cast(unknown_count as varchar), ' 行指标类别未识别')
                else ''
            end
        ) as evidence_text,
        concat('没有', missing_names, '指标') as message_zh,
        concat('no indicator of: ', missing_names_en) as message_en
    from requirements_missed
),

combined as (
    select * from without_indicator
    union all
    select * from without_purpose
    union all
    select * from without_category
),

described as (
    select
        combined.rule_id,
        'project' as subject_type,
        projects.document_id,
        projects.project_id,
        cast(null as integer) as indicator_no,
        combined.evidence_text,
        combined.message_zh,
        combined.message_en,
        projects.source_ref
    from combined
    inner join projects on combined.project_id = projects.project_id
)

select * from described
