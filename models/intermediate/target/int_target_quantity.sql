{% set number_key = 'target_text, number_no' %}

with

cells as (
    select * from {{ ref('int_target_cell') }}
),

units as (
    select * from {{ ref('measure_unit') }}
),

words as (
    select * from {{ ref('target_comparator') }}
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
        *,
        head_unit is not null as is_unit_known,
        nullif(concat_ws('/', top_unit, case when head_dimension != 'none' then bottom_unit end), '') as known_unit,
        case
            when bottom_length is not null then substr(behind_top, bottom_length + 2)
            when bottom_unit is not null and head_dimension != 'none' then ''
            else behind_top
        end as behind_unit
    from unit_shares
),

-- 以上, 以内, 左右 behind the unit; behind a word that is no known unit (3趟以上) at the end of the cell.
suffixes as (
    select
        known_units.*,
        words.comparator as suffix_comparator,
        case
            when {{ begins_with('known_units.behind_unit', 'words.word') }}
                then substr(known_units.behind_unit, length(words.word) + 1)
            when known_units.is_unit_known then known_units.behind_unit
            else ''
        end as tail_text,
        case
            when known_units.is_unit_known or {{ begins_with('known_units.behind_unit', 'words.word') }} then ''
            else left(known_units.behind_unit, length(known_units.behind_unit) - coalesce(length(words.word), 0))
        end as unknown_unit
    from known_units
    left join words
        on
            words.position = 'suffix'
            and (
                {{ begins_with('known_units.behind_unit', 'words.word') }}
                or (
                    not known_units.is_unit_known
                    and known_units.number_no = known_units.number_count
                    and {{ ends_in('known_units.behind_unit', 'words.word') }}
                )
            )
    qualify {{ is_longest('words.word', number_key) }}
),

leads as (
    select
        *,
        {{ regexp_replace_all(
            regexp_replace_all('text_before', "case when is_negative then '(负|零下|[-−])$' else '^$' end", "''"),
            "'[:±]$'", "''"
        ) }} as lead_text
    from suffixes
),

-- ≥, 不低于, 控制在 right before the number.
prefixes as (
    select
        leads.*,
        words.comparator as prefix_comparator,
        words.negated_comparator,
        left(leads.lead_text, length(leads.lead_text) - coalesce(length(words.word), 0)) as plain_lead
    from leads
    left join words
        on words.position = 'prefix' and {{ ends_in('leads.lead_text', 'words.word') }}
    qualify {{ is_longest('words.word', number_key) }}
),

-- 不, 不得, 严禁 before such a word turn it round.
negations as (
    select
        prefixes.*,
        nullif(
            case when words.word is null then prefixes.prefix_comparator else prefixes.negated_comparator end, 'none'
        ) as before_comparator,
        nullif(prefixes.suffix_comparator, 'none') as behind_comparator,
        left(prefixes.plain_lead, length(prefixes.plain_lead) - coalesce(length(words.word), 0)) as rest_lead
    from prefixes
    left join words
        on
            words.position = 'negation'
            and prefixes.negated_comparator != 'none'
            and {{ ends_in('prefixes.plain_lead', 'words.word') }}
    qualify {{ is_longest('words.word', number_key) }}
),

measures as (
    select
        negations.target_text,
        negations.number_no,
        negations.number_count,
        negations.is_spelled,
        negations.is_no_quantity,
        negations.reading,
        negations.number,
        negations.rest_lead,
        negations.tail_text,
        negations.unknown_unit,
        negations.is_unit_known,
        negations.rest_lead = '' or words.word is not null as has_plain_lead,
        length(negations.text_behind) - length(negations.tail_text) - length(negations.unknown_unit) as used_length,
        try_cast(case when negations.is_negative then '-' else '' end || negations.number as decimal(24, 6))
            as number_value,
        coalesce(left(negations.before_comparator, 1) != left(negations.behind_comparator, 1), false)
            as has_comparator_conflict,
        coalesce(negations.before_comparator, negations.behind_comparator) as comparator,
        case when negations.is_unit_known then negations.known_unit else nullif(negations.unknown_unit, '') end
            as unit,
        nullif(
            substr(
                negations.following_text,
                length(negations.text_behind) - length(negations.behind) + 1,
                case
                    when negations.is_unit_known then length(negations.behind) - length(negations.behind_unit)
                    else length(negations.unknown_unit)
                end
            ),
            ''
        ) as unit_text
    from negations
    left join words
        on
            words.position = 'prefix'
            and words.comparator = 'none'
            and negations.rest_lead = words.word
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

-- Two numbers bound one quantity when a dash or 至 stands between them, or nothing between a lower and an upper bound
-- (≥90%且≤95%), and their units agree. Three numbers in a row with dashes are a code or a date.
joints as (
    select
        *,
        coalesce({{ regexp_like('text_between', "'^[-~—–―─−至到]{1,2}$'") }}, false) as has_dash,
        coalesce(
            not is_no_quantity
            and not next_is_no_quantity
            and (unknown_unit = '' or unknown_unit = text_between)
            and (not is_unit_known or not next_is_unit_known or {{ begins_with('next_unit', 'unit') }})
            and (next_value > number_value or is_unit_known)
            and not (
                not next_is_unit_known
                and {{ regexp_like("number || next_number", "'^(19|20)[0-9]{2}(19|20)[0-9]{2}$'") }}
            )
            and (
                {{ regexp_like('text_between', "'^[-~—–―─−至到]{1,2}$'") }}
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
        case when is_range and next_unit is not null then next_is_unit_known else is_unit_known end as is_unit_known,
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
            when is_spelled then fills_cell and reading = 'always'
            when reading in ('always', 'digits') or shares_unit then true
            when reading = 'cell_or_bound' then fills_cell or comparator is not null
            when reading = 'bound' then comparator is not null
            when reading = 'cell' then fills_cell
            when reading is not null then false
            when unknown_unit = '' then fills_cell or (comparator is not null and tail_text = '')
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
        bool_and(is_unit_known) as is_unit_known,
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
        case when quantity_count = 1 then target_unit_text end as target_unit_text,
        case when quantity_count = 1 and target_unit is not null then is_unit_known end as is_unit_known,
        quantity_count = 1 and has_comparator_conflict as has_comparator_conflict
    from counted
)

select * from single_values
