with

figures as (
    select * from {{ to_read(ref('int_target_figure')) }}
),

-- A rise from one figure to another (由60%至80%) is two quantities, not the bounds of one.
counted as (
    select
        target_text,
        sum(case when not is_quantity then 0 when is_change then 2 else 1 end) as quantity_count,
        bool_or(is_unread) as is_unread,
        bool_or(is_contradicted) as is_contradicted,
        min(case when is_quantity then target_value end) as target_value,
        min(case when is_quantity then target_value_to end) as target_value_to,
        min(case when is_quantity then comparator end) as comparator,
        min(case when is_quantity then target_unit end) as target_unit,
        min(case when is_quantity then target_unit_text end) as target_unit_text
    from figures
    group by target_text
    having bool_or(is_quantity)
),

judged as (
    select
        *,
        is_contradicted or (quantity_count = 1 and is_unread) as has_unread_part,
        quantity_count = 1 and not is_unread and not is_contradicted as is_value
    from counted
),

-- Where there are several, none of them is the cell's value; nor is what was read by half.
single_values as (
    select
        target_text,
        cast(quantity_count as integer) as quantity_count,
        case when is_value then target_value end as target_value,
        case when is_value then target_value_to end as target_value_to,
        case when is_value then comparator end as comparator,
        case when is_value then target_unit end as target_unit,
        case when is_value and target_unit is not null then coalesce(target_unit_text, target_unit) end
            as target_unit_text,
        has_unread_part
    from judged
)

select * from single_values
