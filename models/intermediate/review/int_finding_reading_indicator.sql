with indicators as (
    select * from {{ ref('int_corrected_indicator') }}
),

projects as (
    select
        project_id,
        document_id,
        project_no
    from {{ ref('dim_project') }}
),

categories as (
    select * from {{ ref('int_indicator_category') }}
    where is_level1_unrecognised or is_level2_unrecognised or is_level1_contradicted or level2_text is null
),

targets as (
    select * from {{ ref('int_indicator_target') }}
    where has_comparator_conflict or has_impossible_date
),

flagged_categories as (
    select
        projects.project_id,
        indicators.document_id,
        indicators.indicator_no,
        indicators.level1_text,
        indicators.level2_text,
        indicators.level1_source_ref,
        indicators.source_ref,
        categories.is_level1_unrecognised,
        categories.is_level2_unrecognised,
        categories.is_level1_contradicted
    from categories
    inner join projects
        on categories.document_id = projects.document_id and categories.project_no = projects.project_no
    inner join indicators
        on
            categories.document_id = indicators.document_id
            and categories.project_no = indicators.project_no
            and categories.indicator_no = indicators.indicator_no
),

-- a first level printed once for several rows is one fault, of its first row
level1_unknown as (
    select
        'R21' as rule_id,
        document_id,
        project_id,
        indicator_no,
        level1_text as evidence_text,
        concat('一级指标“', {{ quoted('level1_text') }}, '”不属于已知分类') as message_zh,
        concat('the first level "', {{ quoted('level1_text') }}, '" is no known category') as message_en,
        coalesce(level1_source_ref, source_ref) as source_ref
    from flagged_categories
    where is_level1_unrecognised
    qualify row_number() over (
        partition by project_id, coalesce(level1_source_ref, source_ref) order by indicator_no
    ) = 1
),

level2_unknown as (
    select
        'R22' as rule_id,
        document_id,
        project_id,
        indicator_no,
        concat_ws(' / ', level1_text, level2_text) as evidence_text,
        concat('二级指标“', {{ quoted('level2_text') }}, '”不属于已知分类') as message_zh,
        concat('the second level "', {{ quoted('level2_text') }}, '" is no known category') as message_en,
        source_ref
    from flagged_categories
    where is_level2_unrecognised
),

level2_blank as (
    select
        'R23' as rule_id,
        document_id,
        project_id,
        indicator_no,
        level1_text as evidence_text,
        '没有填二级指标，分类不明' as message_zh,
        'no second level is printed: the category is unknown' as message_en,
        source_ref
    from flagged_categories
    where level2_text is null
),

levels_contradictory as (
    select
        'R24' as rule_id,
        document_id,
        project_id,
        indicator_no,
        concat_ws(' / ', level1_text, level2_text) as evidence_text,
        concat('二级指标“', {{ quoted('level2_text') }}, '”不属于一级指标“', {{ quoted('level1_text') }}, '”') as message_zh,
        concat(
            'the second level "', {{ quoted('level2_text') }}, '" does not belong to the first, "',
            {{ quoted('level1_text') }}, '"'
        ) as message_en,
        source_ref
    from flagged_categories
    where is_level1_contradicted
),

flagged_targets as (
    select
        projects.project_id,
        targets.document_id,
        targets.indicator_no,
        targets.target_text,
        targets.has_comparator_conflict,
        targets.has_impossible_date,
        coalesce(indicators.target_source_ref, indicators.source_ref) as source_ref
    from targets
    inner join projects on targets.document_id = projects.document_id and targets.project_no = projects.project_no
    inner join indicators
        on
            targets.document_id = indicators.document_id
            and targets.project_no = indicators.project_no
            and targets.indicator_no = indicators.indicator_no
),

comparators_contradictory as (
    select
        'R25' as rule_id,
        document_id,
        project_id,
        indicator_no,
        target_text as evidence_text,
        concat('指标值“', {{ quoted('target_text') }}, '”的比较词互相矛盾') as message_zh,
        concat('the comparators of the target "', {{ quoted('target_text') }}, '" contradict each other') as message_en,
        source_ref
    from flagged_targets
    where has_comparator_conflict
),

dates_impossible as (
    select
        'R26' as rule_id,
        document_id,
        project_id,
        indicator_no,
        target_text as evidence_text,
        concat('指标值“', {{ quoted('target_text') }}, '”是历法上没有的日期') as message_zh,
        concat('the target "', {{ quoted('target_text') }}, '" is a date that no calendar has') as message_en,
        source_ref
    from flagged_targets
    where has_impossible_date
),

combined as (
    select * from level1_unknown
    union all
    select * from level2_unknown
    union all
    select * from level2_blank
    union all
    select * from levels_contradictory
    union all
    select * from comparators_contradictory
    union all
    select * from dates_impossible
),

findings as (
    select
        rule_id,
        'indicator' as subject_type,
        document_id,
        project_id,
        indicator_no,
        evidence_text,
        message_zh,
        message_en,
        source_ref
    from combined
)

select * from findings
