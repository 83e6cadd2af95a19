{% set is_dash_between = regexp_like('text_between', "'^[-~—–―─−至到]{1,2}$'") %}

with

measures as (
    select * from {{ ref('int_target_measure') }}
),

joined as (
    select
        *,
        lead(number_value) over numbers_of_text as next_value,
        lead(number) over numbers_of_text as next_number,
        lead(unit) over numbers_of_text as next_unit,
        lead(unit_text) over numbers_of_text as next_unit_text,
        lead(is_unit_known) over numbers_of_text as next_is_unit_known,
        lead(unknown_unit) over numbers_of_text as next_unknown_unit,
        lead(reading) over numbers_of_text as next_reading,
        lead(tail_text) over numbers_of_text as next_tail,
        lead(comparator) over numbers_of_text as next_comparator,
        lead(is_no_quantity) over numbers_of_text as next_is_no_quantity,
        substr(lead(rest_lead) over numbers_of_text, used_length + 1) as text_between
    from measures
    window numbers_of_text as (partition by target_text order by number_no)
),

-- Two numbers bound one quantity when a dash or 至 is between them, or nothing between a lower and an upper bound
-- (≥90%且≤95%), and their units agree. Three numbers in a row with dashes are a code or a date.
joints as (
    select
        *,
        coalesce({{ is_dash_between }}, false) as has_dash,
        coalesce(
            not is_no_quantity
            and not next_is_no_quantity
            and (unknown_unit = '' or unknown_unit = text_between)
            and (not is_unit_known or not next_is_unit_known or {{ begins_with('next_unit', 'unit') }})
            and (next_value > number_value or (is_unit_known and next_value is not null))
            and not (
                not next_is_unit_known
                and {{ regexp_like("number || next_number", "'^(19|20)[0-9]{2}(19|20)[0-9]{2}$'") }}
            )
            and (
                {{ is_dash_between }}
                or (
                    comparator in ('>=', '>')
                    and next_comparator in ('<=', '<')
                    and text_between in ('', ',', ';', '；', '、', '且', '并', '并且', '和', '及', '同时')
                )
            ),
            false
        ) as joins_next
    from joined
),

rows_of_numbers as (
    select
        *,
        coalesce(lag(joins_next or has_dash) over numbers_of_text, false) as is_joined_before,
        coalesce(lead(joins_next or has_dash) over numbers_of_text, false) as is_joined_behind
    from joints
    window numbers_of_text as (partition by target_text order by number_no)
),

bounds as (
    select
        *,
        joins_next and not is_joined_before and not is_joined_behind as is_range,
        -- 3、5人: the unit printed once belongs to both
        coalesce(
            not is_unit_known
            and next_reading in ('always', 'digits')
            and {{ regexp_like('text_between', "'^[、,;；和及与或]$'") }},
            false
        ) as shares_unit
    from rows_of_numbers
    where not is_no_quantity and number_value is not null
),

candidates as (
    select
        target_text,
        is_spelled,
        shares_unit,
        tail_text,
        number_value as target_value,
        is_range and {{ regexp_like('rest_lead', "'[由从自]$'") }} as is_change,
        case when is_range then next_value end as target_value_to,
        has_comparator_conflict and not is_range as has_comparator_conflict,
        case when not is_range and not has_comparator_conflict then comparator end as comparator,
        case when is_range and next_unit is not null then next_reading else reading end as reading,
        case when is_range and (next_unit is not null or not is_unit_known) then next_unit else unit end as target_unit,
        case when is_range and (next_unit is not null or not is_unit_known) then next_unit_text else unit_text end
            as target_unit_text,
        case when is_range then next_unknown_unit else unknown_unit end as unknown_unit,
        number_no = 1 and has_plain_lead and (
            (number_count = 1 and tail_text = '') or (number_count = 2 and is_range and next_tail = '')
        ) as fills_cell
    from bounds
    where is_range or not (is_joined_before or has_dash)
),

quantities as (
    select *
    from candidates
    where
        case
            when is_spelled then fills_cell and reading in ('always', 'whole')
            when reading in ('always', 'digits') or shares_unit then true
            when reading = 'cell_or_bound' then fills_cell or comparator is not null
            when reading = 'bound' then comparator is not null
            when reading in ('cell', 'whole') then fills_cell
            when reading is not null then false
            -- ≥5，质量≥95%: a comparator before and a comma behind make a quantity too
            when unknown_unit = ''
                then fills_cell or (comparator is not null and {{ regexp_like('tail_text', "'^($|[,，;；。、])'") }})
            else fills_cell and {{ regexp_like('unknown_unit', "'^[一-龥a-z]{1,4}(/[一-龥a-z]{1,4})?$'") }}
        end
),

-- A rise from one figure to another (由60%至80%) is two quantities, not the bounds of one.
counted as (
    select
        target_text,
        sum(case when is_change then 2 else 1 end) as quantity_count,
        min(target_value) as target_value,
        min(target_value_to) as target_value_to,
        min(comparator) as comparator,
        min(target_unit) as target_unit,
        min(target_unit_text) as target_unit_text,
        bool_or(has_comparator_conflict) as has_comparator_conflict
    from quantities
    group by target_text
),

-- Where there are several, none of them is the cell's value.
single_values as (
    select
        target_text,
        cast(quantity_count as integer) as quantity_count,
        case when quantity_count = 1 then target_value end as target_value,
        case when quantity_count = 1 then target_value_to end as target_value_to,
        case when quantity_count = 1 then comparator end as comparator,
        case when quantity_count = 1 then target_unit end as target_unit,
        case when quantity_count = 1 and target_unit is not null then coalesce(target_unit_text, target_unit) end
            as target_unit_text,
        quantity_count = 1 and has_comparator_conflict as has_comparator_conflict
    from counted
)

select * from single_values
