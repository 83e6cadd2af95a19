{% set number_key = 'target_text, number_no' %}

with

cells as (
    select * from {{ ref('int_target_cell') }}
),

units as (
    select * from {{ ref('measure_unit') }}
),

pieces as (
    {{ numbers_in('cells', 'target_text, is_spelled', 'cell_text') }}
),

neighbours as (
    select
        *,
        coalesce(lag(following_text) over numbers_of_text, leading_text) as before_text,
        lag(number_text) over numbers_of_text as previous_text,
        count(*) over (partition by target_text) as number_count
    from pieces
    window numbers_of_text as (partition by target_text order by number_no)
),

narrowed as (
    select
        *,
        {{ narrow('number_text') }} as number,
        {{ narrow('previous_text') }} as previous_number,
        lower({{ narrow('before_text') }}) as text_before,
        lower({{ narrow('following_text') }}) as text_behind
    from neighbours
),

-- What holds a number but no quantity: GB18918, 【2012】, 第1, 指标1：, 0311, 1:1000, 24/7, a year, its month and day.
numbers as (
    select
        *,
        {{ regexp_like('text_before', "'[a-z]-?$|[第№【〔#]$'") }}
        or {{ regexp_like('text_behind', "'^[:】〕]'") }}
        or {{ regexp_like('number', "'^0[0-9]'") }}
        or (number_no > 1 and {{ regexp_like('text_before', "'^[:/×x*+^._]$'") }})
        or (number_no < number_count and {{ regexp_like('text_behind', "'^[:/×x*+^._]$'") }})
        or (text_before = '月' and text_behind like '日%')
        or (text_before = '年' and {{ regexp_like('previous_number', "'^(19|20)[0-9][0-9]$'") }})
        or (text_behind like '年%' and {{ regexp_like('number', "'^(19|20)[0-9][0-9]$'") }}) as is_no_quantity,
        {{ regexp_like('text_before', "'(负|零下)$|[~至到≥≤<>=于过][-−]$'") }}
        -- 90%--95% is a range behind two hyphens; -5%--3% ends in a negative number
        or (
            {{ regexp_like('text_before', "'[-—][-−]$'") }}
            and {{ regexp_like('leading_text', "'(负|零下|[-−－])$'") }}
        )
        or (number_no = 1 and text_before in ('-', '−')) as is_negative,
        -- 100余人, 10多家
        case when {{ regexp_like('text_behind', "'^[余多几来].'") }} then substr(text_behind, 2) else text_behind end
            as behind
    from narrowed
),

-- The longest unit right behind the number; a Latin one only as a whole word (5m, not 5mbps).
unit_heads as (
    select
        numbers.*,
        units.unit as head_unit,
        units.dimension as head_dimension,
        units.reading,
        {{ regexp_replace_all(
            "substr(numbers.behind, coalesce(length(units.spelling), 0) + 1)",
            "case when units.dimension = 'scale' then '^[余多]' else '^$' end", "''"
        ) }} as behind_head,
        substr(numbers.behind, coalesce(length(units.spelling), 0) + 1) as behind_simple
    from numbers
    left join units
        on
            {{ begins_with('numbers.behind', 'units.spelling') }}
            and not {{ regexp_like(
                "right(units.spelling, 1) || substr(numbers.behind, length(units.spelling) + 1, 1)", "'[a-z][a-z]'"
            ) }}
    qualify {{ is_longest('units.spelling', number_key) }}
),

-- 3.5万千瓦时, 1万余元: a scale takes the unit behind it.
unit_scales as (
    select
        unit_heads.*,
        unit_heads.head_unit || coalesce(units.unit, '') as top_unit,
        case
            when units.unit is null then unit_heads.behind_simple
            else substr(unit_heads.behind_head, length(units.spelling) + 1)
        end as behind_top
    from unit_heads
    left join units
        on
            unit_heads.head_dimension = 'scale'
            and units.dimension not in ('scale', 'none', 'percent', 'permille')
            and {{ begins_with('unit_heads.behind_head', 'units.spelling') }}
    qualify {{ is_longest('units.spelling', number_key) }}
),

-- 元/人, 毫克/升; an unknown word below the line at the end of the cell still belongs to the unit: 元/趟 is no 元.
unit_shares as (
    select
        unit_scales.*,
        coalesce(units.unit, {{ regexp_first('unit_scales.behind_top', "'^[/·]([一-龥]{1,4})$'", 1) }}) as bottom_unit,
        length(units.spelling) as bottom_length
    from unit_scales
    left join units
        on
            unit_scales.head_dimension != 'none'
            and units.dimension not in ('none', 'percent', 'permille')
            and left(unit_scales.behind_top, 1) in ('/', '·')
            and {{ begins_with('substr(unit_scales.behind_top, 2)', 'units.spelling') }}
    qualify {{ is_longest('units.spelling', number_key) }}
),

known_units as (
    select
        target_text,
        number_no,
        number_count,
        is_spelled,
        is_no_quantity,
        is_negative,
        number,
        text_before,
        text_behind,
        following_text,
        behind,
        reading,
        head_unit is not null as is_unit_known,
        nullif(concat_ws('/', top_unit, case when head_dimension != 'none' then bottom_unit end), '') as known_unit,
        case
            when bottom_length is not null then substr(behind_top, bottom_length + 2)
            when bottom_unit is not null and head_dimension != 'none' then ''
            else behind_top
        end as behind_unit
    from unit_shares
)

select * from known_units
