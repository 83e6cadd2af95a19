{% set level_points = "'[(]([0-9]+(?:[.][0-9]+)?)分?[)]$'" %}

with indicators as (
    select * from {{ to_read_by_fact(ref('int_quality_indicator')) }}
),

meanings as (
    select * from {{ to_read_by_fact(ref('int_indicator')) }}
),

readings as (
    select * from {{ to_read_by_fact(ref('int_indicator_reading')) }}
),

-- 产出指标（50分）
points_of_levels as (
    select
        level1_text,
        try_cast({{ regexp_first(narrow(without_space('level1_text')), level_points, 1) }} as decimal(9, 4))
            as level1_points
    from (
        select distinct level1_text from meanings
        where level1_text is not null
    ) as levels
),

described as (
    select
        indicators.document_id,
        indicators.project_id,
        indicators.indicator_no,
        indicators.label_text,
        indicators.target_text,
        indicators.comparator,
        indicators.target_source_ref,
        indicators.source_ref,
        readings.direction,
        readings.weight_points,
        readings.stated_weight_points,
        meanings.level1_text,
        points_of_levels.level1_points
    from indicators
    inner join meanings on indicators.indicator_id = meanings.indicator_id
    inner join readings on indicators.indicator_id = readings.indicator_id
    left join points_of_levels on meanings.level1_text = points_of_levels.level1_text
),

-- printed once for the indicators of the level
level_totals as (
    select
        project_id,
        sum(level1_points) as stated_points
    from (
        select distinct
            project_id,
            level1_text,
            level1_points
        from described
    ) as levels
    group by project_id
    having count(*) = count(level1_points)
),

totals as (
    select
        described.project_id,
        min(described.document_id) as document_id,
        count(described.weight_points) as weight_count,
        sum(described.weight_points) as weight_points,
        coalesce(min(described.stated_weight_points), min(level_totals.stated_points)) as stated_points,
        {{ text_in_order('described.source_ref', 'described.indicator_no', "'+'") }} filter (
            where described.weight_points is not null
        ) as source_ref
    from described
    left join level_totals on described.project_id = level_totals.project_id
    group by described.project_id
    having count(described.weight_points) > 0
),

judged_totals as (
    select
        'Q43' as rule_id,
        document_id,
        project_id,
        cast(null as integer) as indicator_no,
        case
            when stated_points is not null then weight_points <> stated_points
            -- printed as shares, they add up to 1
            else weight_points not in (100, 90, 1, 0.9)
        end as is_failing,
        case when stated_points is not null then 'stated' else 'untold' end as message_case,
        concat_ws('', '权重合计 ', {{ figure_text('weight_points') }}) as evidence_text,
        source_ref,
        cast(weight_count as string) as weight_count,
        {{ figure_text('weight_points') }} as weight_text,
        {{ figure_text('stated_points') }} as stated_text
    from totals
),

judged_directions as (
    select
        'Q44' as rule_id,
        document_id,
        project_id,
        indicator_no,
        case direction
            when 'positive' then comparator in ('<=', '<')
            when 'negative' then comparator in ('>=', '>')
        end as is_failing,
        direction as message_case,
        concat_ws(' ', comparator, target_text) as evidence_text,
        target_source_ref as source_ref,
        label_text,
        comparator
    from described
    where direction is not null and comparator is not null
),

asked as (
    select distinct
        rule_id,
        document_id,
        project_id
    from judged_directions
),

reviewed as (
    {{ reviewed(
        'judged_totals', 'project', ['weight_count', 'weight_text', 'stated_text'], case='message_case'
    ) }}
    union all
    {{ reviewed('judged_directions', 'indicator', ['label_text', 'comparator'], case='message_case', asked='asked') }}
)

select * from reviewed
