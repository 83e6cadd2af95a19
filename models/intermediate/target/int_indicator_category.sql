with

indicators as (
    select * from {{ to_read(ref('int_indicator')) }}
),

categories as (
    select * from {{ ref('indicator_category') }}
),

aliases as (
    select * from {{ ref('indicator_category_alias') }}
),

-- Level 2 decides; level 1 only between two readings of one level 2 text (经济 of the benefits or of the costs).
readings as (
    select
        indicators.document_id,
        indicators.project_no,
        indicators.indicator_no,
        level1_aliases.level_name as level1_name,
        categories.category_id,
        coalesce(categories.level1_name = level1_aliases.level_name, false) as fits_level1,
        count(categories.category_id) over (
            partition by indicators.document_id, indicators.project_no, indicators.indicator_no
        ) as reading_count
    from indicators
    left join aliases as level1_aliases
        on level1_aliases.level = 1 and indicators.level1_label = level1_aliases.printed_text
    left join aliases as level2_aliases
        on level2_aliases.level = 2 and indicators.level2_label = level2_aliases.printed_text
    left join categories
        on level2_aliases.level_name = categories.level2_name
),

decided as (
    select
        document_id,
        project_no,
        indicator_no,
        level1_name,
        case when fits_level1 or reading_count = 1 then category_id end as category_id
    from readings
    qualify
        row_number() over (
            partition by document_id, project_no, indicator_no
            order by fits_level1 desc, category_id asc
        ) = 1
),

categorised as (
    select
        indicators.indicator_id,
        indicators.document_id,
        indicators.project_no,
        indicators.indicator_no,
        indicators.level2_text,
        decided.level1_name,
        coalesce(decided.category_id, 'unknown') as category_id,
        coalesce(categories.indicator_group, 'unknown') as indicator_group,
        indicators.level1_text is not null and decided.level1_name is null as is_level1_unrecognised,
        indicators.level2_text is not null and decided.category_id is null as is_level2_unrecognised,
        coalesce(decided.level1_name != categories.level1_name, false) as is_level1_contradicted
    from indicators
    inner join decided
        on
            indicators.document_id = decided.document_id
            and indicators.project_no = decided.project_no
            and indicators.indicator_no = decided.indicator_no
    left join categories on decided.category_id = categories.category_id
)

select * from categorised
