{#- Between two numbers that belong together: bounds, or also a ratio, a code, members of a list. -#}
{% set is_dash_between = regexp_like('text_between', "'^[-~—–―─−至到]{1,2}$'") %}
{% set is_run_between = regexp_like('text_between', "'^([-~—–―─−至到]{1,2}|[:/×x*+^._、,;和及与或])$'") %}
{#- 6≤pH≤9: what is bounded stands between its bounds. -#}
{% set is_name_between = regexp_like('text_between', "'^[<>≤≥]=?[^<>=≥≤,;；。、不未没半]{1,12}$'") ~ ' and '
    ~ names_something('text_between') %}
{% set sign = "'[<>=≥≤≮≯≠±﹥﹤〉〈]|[+]/?[-−]'" %}

with

measures as (
    select * from {{ to_read(ref('int_target_measure')) }}
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

-- Two numbers may bound one quantity when their units agree; two years (2020-2023) do not.
pairs as (
    select
        *,
        coalesce(text_between, tail_text) as text_left,
        coalesce({{ is_dash_between }}, false) as has_dash,
        coalesce({{ is_run_between }}, false) as has_run,
        coalesce(
            not is_no_quantity
            and not next_is_no_quantity
            and (not is_unit_known or not next_is_unit_known or {{ begins_with('next_unit', 'unit') }})
            and not (
                not next_is_unit_known
                and {{ regexp_like("number || next_number", "'^(19|20)[0-9]{2}(19|20)[0-9]{2}$'") }}
            ),
            false
        ) as is_pair,
        case
            when comparator is null and {{ is_name_between }}
                then
                    left(next_comparator, 1)
                    = case when {{ regexp_like('text_between', "'^[<≤]'") }} then '<' else '>' end
            when text_between in ('', ',', ';', '；', '、', '且', '并', '并且', '和', '及', '同时')
                then
                    (comparator in ('>=', '>') and next_comparator in ('<=', '<'))
                    or (comparator in ('<=', '<') and next_comparator in ('>=', '>'))
        end as has_bounds
    from joined
),

ordered as (
    select
        *,
        case when has_bounds and next_comparator in ('>=', '>') then next_value else number_value end as from_value,
        case when has_bounds and next_comparator in ('>=', '>') then number_value else next_value end as to_value
    from pairs
),

-- A dash or 至 is between them (what is said of the bounds is then what a range says: 3%-5%以内), or they are a lower and
-- an upper bound (≥90%且≤95%); ≥95%≤90% is neither.
joints as (
    select
        *,
        is_pair and coalesce(has_bounds and from_value >= to_value, false) as is_contradicted,
        is_pair and coalesce(
            (has_bounds and from_value < to_value)
            or (
                has_dash
                and coalesce(comparator, '>=') = '>='
                and coalesce(next_comparator, '<=') = '<='
                and (unknown_unit = '' or unknown_unit = text_between)
                and (next_value > number_value or (is_unit_known and next_value is not null))
            ),
            false
        ) as joins_next
    from ordered
),

-- Three numbers in a row with dashes are a code or a date.
rows_of_numbers as (
    select
        *,
        coalesce(lag(joins_next or has_dash) over numbers_of_text, false) as is_joined_before,
        coalesce(lead(joins_next or has_dash) over numbers_of_text, false) as is_joined_behind,
        coalesce(lag(text_left) over numbers_of_text, rest_lead) as text_before,
        coalesce(lag(has_run) over numbers_of_text, false) as is_run_on
    from joints
    window numbers_of_text as (partition by target_text order by number_no)
),

bounds as (
    select
        *,
        joins_next and not is_joined_before and not is_joined_behind as is_range,
        is_no_quantity or number_value is null as has_no_value,
        is_joined_before or has_dash as is_joined,
        -- 3、5人: the unit printed once belongs to both
        not is_unit_known and next_reading in ('always', 'digits')
        and {{ regexp_like('text_between', "'^[、,;和及与或]$'") }} as shares_unit,
        -- what a figure that is no quantity may be of: 4A级, 6月, 2023年, GB18918, 指标1：, 12345热线, 每月10日前
        coalesce(
            reading in ('never', 'bound')
            or (is_no_quantity and unit = '年' and {{ regexp_like('number', "'^(19|20)[0-9]{2}$'") }})
            or (is_no_quantity and {{ regexp_like('text_before', "'[a-z第前№【〔#]-?$'") }})
            or (is_no_quantity and text_left like ':%' and {{ names_something('right(text_before, 1)') }})
            or {{ names_something('left(unknown_unit, 1)') }}
            or (
                (is_no_quantity or reading not in ('always', 'digits'))
                and {{ names_something('left(text_left, 1)') }}
            ),
            false
        ) as is_named,
        sum(case when is_run_on then 0 else 1 end) over (partition by target_text order by number_no) as run_no
    from rows_of_numbers
),

candidates as (
    select
        target_text,
        number_no,
        is_spelled,
        shares_unit,
        has_no_value,
        is_joined,
        is_range,
        is_contradicted,
        tail_text,
        case when is_range then from_value else number_value end as target_value,
        case when is_range then to_value end as target_value_to,
        is_range and {{ regexp_like('rest_lead', "'[由从自]$'") }} as is_change,
        case when not is_range then comparator end as comparator,
        case when is_range and next_unit is not null then next_reading else reading end as reading,
        case when is_range and (next_unit is not null or not is_unit_known) then next_unit else unit end as target_unit,
        case when is_range and (next_unit is not null or not is_unit_known) then next_unit_text else unit_text end
            as target_unit_text,
        case when is_range then next_unknown_unit else unknown_unit end as unknown_unit,
        number_no = 1 and has_plain_lead and (
            (number_count = 1 and tail_text = '') or (number_count = 2 and is_range and next_tail = '')
        ) as fills_cell,
        coalesce(lag(is_range) over (partition by target_text order by number_no), false) as is_range_end,
        -- 3万2: what follows a quantity at once is a piece of it
        bool_or(is_named) over (partition by target_text, run_no)
        and (text_before != '' or coalesce(lag(is_named) over (partition by target_text order by number_no), true))
            as is_named,
        is_no_quantity,
        is_run_on,
        is_comparator_behind,
        has_comparator_conflict,
        has_unread_lead,
        has_unread_tail,
        not is_range and {{ regexp_like('unknown_unit || text_left', sign) }}
        or (number_no = 1 and {{ regexp_like('rest_lead', sign) }}) as has_unread_sign
    from bounds
),

quantities as (
    select
        *,
        not has_no_value and (is_range or not is_joined) and not is_range_end and coalesce(
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
                else
                    fills_cell and {{ regexp_like('unknown_unit', "'^[一-龥a-z]{1,4}(/[一-龥a-z]{1,4})?$'") }}
                    and not {{ regexp_like('unknown_unit', "'[以及之不未约超至到于且和与或并零一二两三四五六七八九十百千半]|^[上下内左右]|[上下内左右]$'") }}
            end,
            false
        ) as is_quantity
    from candidates
),

-- Of a target that is one quantity every figure and comparator is read, or it is none.
figures as (
    select
        target_text,
        number_no,
        is_quantity,
        is_change,
        target_value,
        target_value_to,
        comparator,
        target_unit,
        target_unit_text,
        is_contradicted,
        has_unread_sign or case
            when is_range_end then has_comparator_conflict or has_unread_tail
            when is_quantity
                then has_comparator_conflict or has_unread_lead or (has_unread_tail and target_value_to is null)
            -- 65岁以上老人: the comparator is one of the name
            else
                (comparator is not null and (reading is null or not is_comparator_behind))
                or (has_unread_lead and not is_no_quantity and not is_run_on)
                or not is_named
        end as is_unread
    from quantities
)

select * from figures
