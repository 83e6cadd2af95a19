with printed as (
    select * from {{ ref('int_corrected_indicator') }}
),

meant as (
    select * from {{ ref('int_indicator') }}
    where term = 'annual'
),

projects as (
    select * from {{ ref('dim_project') }}
),

categories as (
    select * from {{ ref('int_indicator_category') }}
    where is_level1_unrecognised or is_level2_unrecognised or is_level1_contradicted or level2_text is null
),

targets as (
    select * from {{ ref('int_indicator_target') }}
    where has_unread_part or has_impossible_date
),

-- the year's targets: those of several years repeat their levels
indicators as (
    select printed.*
    from printed
    inner join meant
        on
            printed.document_id = meant.document_id
            and printed.project_no = meant.project_no
            and printed.indicator_no = meant.indicator_no
),

-- a first level printed once for several rows is one fault, of its first row
flagged_categories as (
    select
        projects.project_id,
        projects.document_id,
        indicators.indicator_no,
        indicators.level1_text,
        indicators.level2_text,
        coalesce(indicators.level1_source_ref, indicators.source_ref) as level1_source_ref,
        indicators.source_ref,
        categories.is_level1_unrecognised
        and row_number() over (
            partition by
                projects.project_id,
                categories.is_level1_unrecognised,
                coalesce(indicators.level1_source_ref, indicators.source_ref)
            order by indicators.indicator_no
        ) = 1 as is_level1_unrecognised,
        categories.is_level2_unrecognised,
        categories.is_level1_contradicted,
        categories.level2_text is null and categories.category_id = 'unknown' as is_level2_missing
    from categories
    inner join projects
        on categories.document_id = projects.document_id and categories.project_no = projects.project_no
    inner join indicators
        on
            categories.document_id = indicators.document_id
            and categories.project_no = indicators.project_no
            and categories.indicator_no = indicators.indicator_no
),

judged_categories as (
    select
        rules.rule_id,
        flagged_categories.document_id,
        flagged_categories.project_id,
        flagged_categories.indicator_no,
        case rules.rule_id
            when 'R21' then flagged_categories.is_level1_unrecognised
            when 'R22' then flagged_categories.is_level2_unrecognised
            when 'R23' then flagged_categories.is_level2_missing
            when 'R24' then flagged_categories.is_level1_contradicted
        end as is_failing,
        case
            when rules.rule_id in ('R21', 'R23') then flagged_categories.level1_text
            else concat_ws(' / ', flagged_categories.level1_text, flagged_categories.level2_text)
        end as evidence_text,
        case rules.rule_id
            when 'R21' then flagged_categories.level1_source_ref
            else flagged_categories.source_ref
        end as source_ref,
        {{ quoted('flagged_categories.level1_text') }} as level1_quote,
        {{ quoted('flagged_categories.level2_text') }} as level2_quote,
        cast(null as string) as target_quote
    from flagged_categories
    cross join (values ('R21'), ('R22'), ('R23'), ('R24')) as rules (rule_id)
),

judged_targets as (
    select
        rules.rule_id,
        projects.document_id,
        projects.project_id,
        targets.indicator_no,
        case rules.rule_id
            when 'R25' then targets.has_unread_part
            when 'R26' then targets.has_impossible_date
        end as is_failing,
        targets.target_text as evidence_text,
        coalesce(indicators.target_source_ref, indicators.source_ref) as source_ref,
        cast(null as string) as level1_quote,
        cast(null as string) as level2_quote,
        {{ quoted('targets.target_text') }} as target_quote
    from targets
    inner join projects on targets.document_id = projects.document_id and targets.project_no = projects.project_no
    inner join indicators
        on
            targets.document_id = indicators.document_id
            and targets.project_no = indicators.project_no
            and targets.indicator_no = indicators.indicator_no
    cross join (values ('R25'), ('R26')) as rules (rule_id)
),

judged as (
    select * from judged_categories
    union all
    select * from judged_targets
),

printed_levels as (
    select
        document_id,
        project_no,
        count(level1_text) > 0 as has_level1,
        count(level2_text) > 0 as has_level2,
        count(target_text) > 0 as has_target
    from indicators
    group by document_id, project_no
),

-- a rule asks the forms that print what it is about
asked as (
    select
        rules.rule_id,
        projects.document_id,
        projects.project_id
    from projects
    inner join printed_levels
        on projects.document_id = printed_levels.document_id and projects.project_no = printed_levels.project_no
    cross join (values ('R21'), ('R22'), ('R23'), ('R24'), ('R25'), ('R26')) as rules (rule_id)
    where
        case
            when rules.rule_id = 'R21' then printed_levels.has_level1
            when rules.rule_id in ('R22', 'R24') then printed_levels.has_level2
            -- a card has a second level; in other forms one that is printed shows that they have one
            when rules.rule_id = 'R23'
                then
                    coalesce(projects.form_family, 'performance_card') = 'performance_card'
                    or printed_levels.has_level2
            when rules.rule_id in ('R25', 'R26') then printed_levels.has_target
            else true
        end
),

reviewed as (
    {{ reviewed('judged', 'indicator', ['level1_quote', 'level2_quote', 'target_quote'], asked='asked') }}
)

select * from reviewed
