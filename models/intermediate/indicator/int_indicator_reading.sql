with targets as (
    select * from {{ to_read(ref('int_indicator_target')) }}
),

columns_of_indicators as (
    select * from {{ to_read(ref('int_indicator_column')) }}
),

quantities as (
    select * from {{ ref('int_target_quantity') }}
    where quantity_count = 1 and target_value_to is null
),

dates as (
    select target_text from {{ ref('int_target_date') }}
    where target_date is not null or is_year_missing
),

-- what was reached is read as a target is: a date or a text has no value
actuals as (
    select
        columns_of_indicators.*,
        case when dates.target_text is null then quantities.target_value end as actual_value,
        case when dates.target_text is null then quantities.target_unit end as actual_cell_unit,
        case when dates.target_text is null then quantities.comparator end as actual_comparator
    from columns_of_indicators
    left join quantities on {{ target_head('columns_of_indicators.actual_text') }} = quantities.target_text
    left join dates on {{ target_head('columns_of_indicators.actual_text') }} = dates.target_text
),

-- the cell before the column: what it prints itself is nearer to the figure
joined as (
    select
        targets.indicator_id,
        targets.document_id,
        targets.project_no,
        targets.indicator_no,
        targets.target_text,
        targets.target_kind,
        targets.target_value,
        targets.target_value_to,
        case
            when targets.target_kind = 'number' then coalesce(targets.comparator, actuals.comparator)
        end as comparator,
        case
            when targets.comparator is not null then 'cell'
            when targets.target_kind = 'number' and actuals.comparator is not null then 'column'
        end as comparator_basis,
        case
            when targets.target_kind in ('number', 'range') then coalesce(targets.target_unit, actuals.unit)
        end as target_unit,
        case
            when targets.target_unit is not null then targets.target_unit_text
            when targets.target_kind in ('number', 'range') then actuals.unit_text
        end as target_unit_text,
        case
            when targets.target_unit is not null then 'cell'
            when targets.target_kind in ('number', 'range') and actuals.unit is not null then 'column'
        end as unit_basis,
        actuals.direction,
        actuals.weight_points,
        actuals.stated_weight_points,
        actuals.actual_text,
        actuals.actual_value,
        actuals.actual_comparator,
        actuals.actual_cell_unit,
        actuals.unit as column_unit,
        actuals.score_points,
        actuals.deviation_text,
        coalesce({{ without_space('targets.target_text') }} = {{ without_space('actuals.actual_text') }}, false)
            as is_same_text
    from targets
    left join actuals
        on
            targets.document_id = actuals.document_id
            and targets.project_no = actuals.project_no
            and targets.indicator_no = actuals.indicator_no
),

-- a bare figure beside a target with a unit is in that unit
united as (
    select
        *,
        case
            when actual_value is not null then coalesce(actual_cell_unit, column_unit, target_unit)
        end as actual_unit,
        actual_value is not null
        and coalesce(actual_comparator, '=') = '='
        and coalesce(actual_cell_unit, column_unit, target_unit, '') = coalesce(target_unit, '')
        -- 1 beside 100%: one percent or all of it
        and not (actual_cell_unit is null and target_unit = '%' and actual_value <= 1 and target_value > 10)
            as is_comparable,
        coalesce(comparator, case direction when 'positive' then '>=' when 'negative' then '<=' end)
            as judging_comparator
    from joined
),

-- NULL where it cannot be told: without a comparator or a direction only the same figure is the target met
judged as (
    select
        {{ all_but('', [
            'actual_comparator', 'actual_cell_unit', 'column_unit', 'is_same_text', 'is_comparable', 'judging_comparator',
        ]) }},
        case
            when actual_text is null or target_kind = 'blank' then null
            when is_comparable and target_kind = 'range' then actual_value between target_value and target_value_to
            when is_comparable and target_kind = 'number'
                then case judging_comparator
                    when '>=' then actual_value >= target_value
                    when '<=' then actual_value <= target_value
                    when '>' then actual_value > target_value
                    when '<' then actual_value < target_value
                    when '=' then actual_value = target_value
                    else nullif(actual_value = target_value, false)
                end
            when is_same_text then true
        end as is_met
    from united
)

select * from judged
