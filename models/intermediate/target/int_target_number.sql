{% set number_key = 'target_text, number_no' %}
{#- What is between a figure and how far it may be off: 95±2, 95%±2%. -#}
{% set tolerance = "'^[^,，;；。、]{0,4}(±|[+]/?[-−])$'" %}
{#- What ends a unit: the end of the cell, a sign, or the words of a bound. -#}
{% set unit_end = "'^($|[^一-龥a-z]|以[上下内]|及[以其]|之[上下内]|左右|上下|内$)'" %}

with

cells as (
    select * from {{ to_read(ref('int_target_cell')) }}
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

-- What holds a number but no quantity: GB18918, 【2012】, 第1, 前3, 指标1：, 1:1000, 24/7, 95±2, a year (2023版), its
-- month and day.
numbers as (
    select
        *,
        {{ regexp_like('text_before', "'[a-z]-?$|[第№【〔#]$'") }}
        or {{ regexp_like('text_before', "'(^|[^底末日号月年之以])前$'") }}
        or (number_no > 1 and {{ regexp_like('text_before', tolerance) }})
        or (number_no < number_count and {{ regexp_like('text_behind', tolerance) }})
        or {{ regexp_like('text_behind', "'^[:】〕]'") }}
        or (number_no > 1 and {{ regexp_like('text_before', "'^[:/×x*+^._]$'") }})
        or (number_no < number_count and {{ regexp_like('text_behind', "'^[:/×x*+^._]$'") }})
        or (text_before = '月' and text_behind like '日%')
        or (text_before = '年' and {{ regexp_like('previous_number', "'^(19|20)[0-9][0-9]$'") }})
        or (
            {{ regexp_like('text_behind', "'^(年|版|届|级|款|修订)'") }}
            and {{ regexp_like('number', "'^(19|20)[0-9][0-9]$'") }}
        ) as is_no_quantity,
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
        units.spelling as head_spelling,
        units.dimension as head_dimension,
        units.reading,
        case
            when units.dimension = 'scale'
                then {{ regexp_replace_all(
                    "substr(numbers.behind, length(units.spelling) + 1)", "'^[余多]'", "''"
                ) }}
            else substr(numbers.behind, coalesce(length(units.spelling), 0) + 1)
        end as behind_head,
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

-- 台件, 项次: two units in a row up to the end are a unit that nobody listed, and stay whole. 个 counts anything, and what
-- is counted may itself be a unit (名人员, 口井).
unit_wholes as (
    select
        {{ all_but('unit_heads', ['head_unit', 'behind_head', 'behind_simple']) }},
        case
            when units.spelling is null then unit_heads.head_unit
            else concat_ws('', unit_heads.head_spelling, units.spelling)
        end as head_unit,
        substr(unit_heads.behind_head, coalesce(length(units.spelling), 0) + 1) as behind_head,
        substr(unit_heads.behind_simple, coalesce(length(units.spelling), 0) + 1) as behind_simple
    from unit_heads
    left join units
        on
            unit_heads.head_dimension not in ('scale', 'none', 'percent', 'permille', 'money')
            and unit_heads.head_spelling <> '个'
            and unit_heads.reading = 'always'
            and units.reading = 'always'
            and units.dimension not in (
                'scale', 'percent', 'permille', 'money', 'person', 'structure', 'division', 'bed', 'none'
            )
            and {{ begins_with('unit_heads.behind_simple', 'units.spelling') }}
            and {{ regexp_like('substr(unit_heads.behind_simple, length(units.spelling) + 1)', unit_end) }}
    qualify {{ is_longest('units.spelling', number_key) }}
),

-- 3.5万千瓦时, 1万余元: a scale takes the unit behind it.
unit_scales as (
    select
        unit_wholes.*,
        unit_wholes.head_unit || coalesce(units.unit, '') as top_unit,
        case
            when units.unit is null then unit_wholes.behind_simple
            else substr(unit_wholes.behind_head, length(units.spelling) + 1)
        end as behind_top
    from unit_wholes
    left join units
        on
            unit_wholes.head_dimension = 'scale'
            and units.dimension not in ('scale', 'none', 'percent', 'permille')
            and {{ begins_with('unit_wholes.behind_head', 'units.spelling') }}
    qualify {{ is_longest('units.spelling', number_key) }}
),

-- 元/人, 毫克/升; an unknown word below the line at the end of the cell still belongs to the unit: 元/趟 is no 元, and
-- 秒/百小时 no 秒/百.
unit_shares as (
    select
        unit_scales.*,
        coalesce(units.unit, unit_scales.bottom_word) as bottom_unit,
        length(coalesce(units.spelling, unit_scales.bottom_word)) as bottom_length
    from (
        select
            *,
            {{ regexp_first('behind_top', "'^[/·]([一-龥]{1,6}?)((以[上下内]|及[以其]|之[上下内]|左右|上下).*|内)?$'", 1) }}
                as bottom_word
        from unit_scales
    ) as unit_scales
    left join units
        on
            unit_scales.head_dimension <> 'none'
            and units.dimension not in ('none', 'percent', 'permille', 'scale')
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
        -- 0311 is a code, 05人 are five
        is_no_quantity
        or ({{ regexp_like('number', "'^0[0-9]'") }} and coalesce(reading, 'never') <> 'always') as is_no_quantity,
        is_negative,
        number,
        text_before,
        text_behind,
        following_text,
        behind,
        reading,
        head_unit is not null as is_unit_known,
        nullif(concat_ws('/', top_unit, case when head_dimension <> 'none' then bottom_unit end), '') as known_unit,
        case
            when bottom_length is not null and head_dimension <> 'none' then substr(behind_top, bottom_length + 2)
            else behind_top
        end as behind_unit
    from unit_shares
)

select * from known_units
