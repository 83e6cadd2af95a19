{% set spelled_cell = "'^([^0-9０-９零〇一二两三四五六七八九十百千]*)([零〇一二两三四五六七八九十百千]+?)"
    ~ "((?:[百千]分之|个百分点)?[^0-9０-９零〇一二两三四五六七八九十百千]*)$'" %}
{% set date_cell = "'^([^0-9]*?)((?:19|20)[0-9]{2}|[一二][零〇○一二三四五六七八九]{3})年"
    ~ "(?:([0-9]{1,2}|[一二三四五六七八九十]{1,2})月份?(?:([0-9]{1,2}|[一二三四五六七八九十]{1,3})[日号])?)?"
    ~ "(?:[年月]?[底末])?(?:之?前|以前|之?内|以内|为?止)?(.*)$'" %}
{% set whole_date = "'(?:(?:19|20)[0-9]{2}|[一二][零〇○一二三四五六七八九]{3})年[0-9一二三四五六七八九十]{1,2}月'" %}
{% set connector = "'^[-~—–―─−至到]{1,2}$'" %}

with

indicators as (
    select * from {{ source('staging', 'indicator') }}
),

measure_units as (
    select * from {{ ref('measure_unit') }}
),

comparator_words as (
    select * from {{ ref('target_comparator') }}
),

date_words as (
    select * from {{ ref('target_date_word') }}
),

option_words as (
    select * from {{ ref('yes_no_option') }}
),

-- Each distinct text is read once: documents repeat theirs many times.
texts as (
    select distinct target_text
    from indicators
    where target_text is not null
),

printed_cells as (
    select
        target_text,
        {{ target_cell('target_text') }} as printed_text
    from texts
),

-- A number in Chinese characters counts only where it is all the cell says (三次, 不少于十人): 一 and 十 begin too
-- many words to be looked for inside a text.
spelled_numbers as (
    select
        target_text,
        printed_text,
        coalesce({{ regexp_first('printed_text', spelled_cell, 1) }}, '') as lead_text,
        {{ regexp_first('printed_text', spelled_cell, 2) }} as spelled_text,
        coalesce({{ regexp_first('printed_text', spelled_cell, 3) }}, '') as rest_text
    from printed_cells
),

cells as (
    select
        target_text,
        case
            when {{ chinese_number('spelled_text') }} is null then printed_text
            else lead_text || cast({{ chinese_number('spelled_text') }} as varchar) || rest_text
        end as cell_text,
        lower({{ narrow('printed_text') }}) as narrow_text,
        {{ chinese_number('spelled_text') }} is not null as is_spelled,
        {{ regexp_like('printed_text', "'^[-—–―─_/／。.…,，、*＊－]*$'") }} as is_blank
    from spelled_numbers
),

-- Dates: one date with nothing beside it but words like 截至 and 完成.
dated_cells as (
    select
        target_text,
        {{ dates_spelled_out('narrow_text') }} as dated_text
    from cells
),

date_parts as (
    select
        target_text,
        {{ match_count('dated_text', whole_date) }} as date_count,
        coalesce({{ regexp_first('dated_text', date_cell, 1) }}, '') as lead_text,
        cast({{ chinese_digit(regexp_first('dated_text', date_cell, 2)) }} as integer) as year_number,
        {{ regexp_first('dated_text', date_cell, 3) }} as month_text,
        {{ regexp_first('dated_text', date_cell, 4) }} as day_text,
        coalesce({{ regexp_first('dated_text', date_cell, 5) }}, '') as tail_text
    from dated_cells
),

date_numbers as (
    select
        date_parts.*,
        coalesce(month_text is not null, false) as has_month,
        coalesce(day_text is not null, false) as has_day,
        coalesce({{ chinese_number('month_text') }}, 12) as month_number,
        {{ chinese_number('day_text') }} as day_number
    from date_parts
    left join date_words as leads
        on date_parts.lead_text = leads.word and leads.position = 'lead'
    left join date_words as tails
        on date_parts.tail_text = tails.word and tails.position = 'tail'
    where
        date_parts.year_number is not null
        and (date_parts.lead_text = '' or leads.word is not null)
        and (date_parts.tail_text = '' or tails.word is not null)
),

date_periods as (
    select
        *,
        case
            when month_number between 1 and 12
                then {{ last_day_of(date_of('year_number', 'month_number', '1')) }}
        end as last_day
    from date_numbers
),

dates as (
    select
        target_text,
        case
            when not has_day then last_day
            when day_number between 1 and extract(day from last_day)
                then {{ date_of('year_number', 'month_number', 'day_number') }}
        end as target_date,
        case when has_day then 'day' when has_month then 'month' else 'year' end as date_precision
    from date_periods
),

-- Options: 是, 是/否, 优/良/中/差, 达标或未达标.
option_cells as (
    select
        target_text,
        {{ regexp_replace_all('narrow_text', "'[()□■☑☐○●“”]'", "''") }} as option_text
    from cells
),

option_pieces as (
    {{ pieces_between('option_cells', 'target_text, option_text', 'option_text', '/|、或;；,，') }}
),

option_lists as (
    select
        option_pieces.target_text,
        {{ regexp_like('option_pieces.option_text', "'^[^、或;；,，]+$'") }} as has_slashes_only,
        count(distinct option_pieces.piece) as piece_count,
        max(length(option_pieces.piece)) as longest_piece,
        count(distinct case when measure_units.reading = 'always' then option_pieces.piece end) as unit_count,
        min(option_pieces.piece) as one_piece,
        count(distinct {{ regexp_replace_all('option_pieces.piece', "'^(不|未|非|无|没有?|不能|未能)'", "''") }})
            as stem_count
    from option_pieces
    left join measure_units on option_pieces.piece = measure_units.spelling
    where not {{ regexp_like('option_pieces.option_text', "'[0-9]'") }}
    group by option_pieces.target_text, option_pieces.option_text
),

option_scales as (
    select
        option_pieces.target_text,
        option_words.scale,
        count(distinct option_pieces.piece) as known_count,
        bool_or(option_words.answers_alone) as answers_alone
    from option_pieces
    inner join option_words on option_pieces.piece = option_words.word
    group by option_pieces.target_text, option_words.scale
),

options as (
    select option_lists.target_text
    from option_lists
    left join option_scales
        on
            option_lists.target_text = option_scales.target_text
            and option_lists.piece_count = option_scales.known_count
    group by option_lists.target_text
    having
        bool_or(option_lists.piece_count = 1 and coalesce(option_scales.answers_alone, false))
        or bool_or(
            option_lists.piece_count >= 2
            and (
                option_scales.scale is not null
                or (option_lists.piece_count = 2 and option_lists.stem_count = 1)
                or (
                    option_lists.has_slashes_only
                    and option_lists.longest_piece <= 4
                    and option_lists.unit_count < option_lists.piece_count
                )
            )
        )
),

-- Numbers: each with its sign, unit and comparator, from the text before it and behind it.
number_pieces as (
    {{ numbers_in('cells', 'target_text, is_spelled', 'cell_text') }}
),

numbers as (
    select
        *,
        {{ narrow('number_text') }} as narrow_number,
        lower({{ narrow('following_text') }}) as following,
        lower({{ narrow("coalesce(lag(following_text) over (partition by target_text order by number_no), leading_text)") }})
            as before,
        {{ narrow('lag(number_text) over (partition by target_text order by number_no)') }} as previous_number,
        count(*) over (partition by target_text) as number_count
    from number_pieces
),

-- What holds a number but no quantity: GB18918, 【2012】, 第1, 指标1：, 0311, 1:1000, 24/7, a year, a month or day of one.
number_readings as (
    select
        *,
        coalesce(
            {{ regexp_like('before', "'[a-z]-?$|[第№【〔#]$'") }}
            or {{ regexp_like('following', "'^[:】〕]'") }}
            or {{ regexp_like('narrow_number', "'^0[0-9]'") }}
            or (number_no > 1 and {{ regexp_like('before', "'^[:/×x*+^._]$'") }})
            or (number_no < number_count and {{ regexp_like('following', "'^[:/×x*+^._]$'") }})
            or (before = '年' and {{ regexp_like('previous_number', "'^(19|20)[0-9][0-9]$'") }})
            or (before = '月' and following like '日%')
            or ({{ regexp_like('narrow_number', "'^(19|20)[0-9][0-9]$'") }} and following like '年%'),
            false
        ) as is_no_quantity,
        {{ regexp_like('before', "'(负|零下)$|[-~至到≥≤<>=于过—][-−]$'") }}
        or (number_no = 1 and before in ('-', '−')) as is_negative,
        -- 100余人, 10多家: the word stands between the number and its unit
        case when {{ regexp_like('following', "'^[余多几来][^0-9]'") }} then 1 else 0 end as skipped_length
    from numbers
),

-- The longest unit that stands right behind the number; a Latin one only as a whole word (5m, not 5mbps).
unit_heads as (
    select
        number_readings.*,
        measure_units.unit as head_unit,
        measure_units.dimension as head_dimension,
        measure_units.reading as head_reading,
        coalesce(length(measure_units.spelling), 0) as head_length
    from number_readings
    left join measure_units
        on
            substr(number_readings.following, number_readings.skipped_length + 1, length(measure_units.spelling))
            = measure_units.spelling
            and not (
                {{ regexp_like('measure_units.spelling', "'[a-z]$'") }}
                and {{ regexp_like(
                    "substr(number_readings.following, "
                    ~ "number_readings.skipped_length + length(measure_units.spelling) + 1, 1)",
                    "'[a-z]'"
                ) }}
            )
    qualify
        row_number() over (
            partition by number_readings.target_text, number_readings.number_no
            order by length(measure_units.spelling) desc nulls last
        ) = 1
),

unit_rests as (
    select
        *,
        -- 1万余元
        head_length + case
            when head_dimension = 'scale' and {{ regexp_like(
                "substr(following, skipped_length + head_length + 1, 2)", "'^[余多][^0-9]'"
            ) }}
                then 1
            else 0
        end as scale_length
    from unit_heads
),

-- 3.5 + 万 + 千瓦时: a scale takes the unit behind it.
unit_scaled as (
    select
        unit_rests.*,
        tails.unit as tail_unit,
        case when tails.unit is null then unit_rests.head_length else unit_rests.scale_length + length(tails.spelling) end
            as simple_length
    from unit_rests
    left join measure_units as tails
        on
            unit_rests.head_dimension = 'scale'
            and tails.dimension not in ('scale', 'none', 'percent', 'permille')
            and substr(
                unit_rests.following, unit_rests.skipped_length + unit_rests.scale_length + 1, length(tails.spelling)
            ) = tails.spelling
    qualify
        row_number() over (
            partition by unit_rests.target_text, unit_rests.number_no
            order by length(tails.spelling) desc nulls last
        ) = 1
),

-- 元/人, 毫克/升, 元/平方米·月; an unknown word below the line still belongs to the unit (元/趟 is no 元).
unit_shared as (
    select
        unit_scaled.*,
        {{ regexp_first(
            "substr(unit_scaled.following, unit_scaled.skipped_length + unit_scaled.simple_length + 1)",
            "'^[/·]([一-龥]{1,4})$'", 1
        ) }} as lower_text,
        lower_units.unit as lower_unit,
        length(lower_units.spelling) as lower_length
    from unit_scaled
    left join measure_units as lower_units
        on
            unit_scaled.head_length > 0
            and unit_scaled.head_dimension != 'none'
            and lower_units.dimension not in ('none', 'percent', 'permille')
            and substr(unit_scaled.following, unit_scaled.skipped_length + unit_scaled.simple_length + 1, 1) in ('/', '·')
            and substr(
                unit_scaled.following,
                unit_scaled.skipped_length + unit_scaled.simple_length + 2,
                length(lower_units.spelling)
            ) = lower_units.spelling
    qualify
        row_number() over (
            partition by unit_scaled.target_text, unit_scaled.number_no
            order by length(lower_units.spelling) desc nulls last
        ) = 1
),

unit_words as (
    select
        *,
        simple_length + coalesce(1 + lower_length, 1 + length(lower_text), 0) as unit_length,
        concat_ws(
            '/',
            case when tail_unit is null then head_unit else head_unit || tail_unit end,
            coalesce(lower_unit, lower_text)
        ) as known_unit
    from unit_shared
),

-- 以上, 以内, 左右 behind the unit; behind a word that is no known unit (3趟以上) at the end of the cell.
suffixes as (
    select
        unit_words.*,
        comparator_words.comparator as suffix_comparator,
        coalesce(length(comparator_words.word), 0) as suffix_length,
        substr(unit_words.following, unit_words.skipped_length + unit_words.unit_length + 1) as rest,
        coalesce(
            substr(
                unit_words.following,
                unit_words.skipped_length + unit_words.unit_length + 1,
                length(comparator_words.word)
            ) = comparator_words.word,
            false
        ) as is_suffix_near
    from unit_words
    left join comparator_words
        on
            comparator_words.position = 'suffix'
            and (
                substr(
                    unit_words.following,
                    unit_words.skipped_length + unit_words.unit_length + 1,
                    length(comparator_words.word)
                ) = comparator_words.word
                or (
                    unit_words.head_length = 0
                    and unit_words.number_no = unit_words.number_count
                    and right(unit_words.following, length(comparator_words.word)) = comparator_words.word
                )
            )
    qualify
        row_number() over (
            partition by unit_words.target_text, unit_words.number_no
            order by is_suffix_near desc, length(comparator_words.word) desc nulls last
        ) = 1
),

leads as (
    select
        *,
        {{ regexp_replace_all(
            "case when is_negative then " ~ regexp_replace_all('before', "'(负|零下|[-−])$'", "''") ~ " else before end",
            "'[:±]$'", "''"
        ) }} as lead_text,
        case
            when is_suffix_near then substr(rest, suffix_length + 1)
            when head_length > 0 then rest
            else ''
        end as tail_text,
        case
            when head_length > 0 then ''
            when suffix_length = 0 then rest
            when is_suffix_near then ''
            else left(rest, length(rest) - suffix_length)
        end as unknown_unit
    from suffixes
),

-- ≥, 不低于, 控制在 right before the number; 不, 不得, 严禁 before a word turn it round.
prefixes as (
    select
        leads.*,
        comparator_words.comparator as prefix_comparator,
        comparator_words.negated_comparator,
        left(leads.lead_text, length(leads.lead_text) - coalesce(length(comparator_words.word), 0)) as plain_lead
    from leads
    left join comparator_words
        on
            comparator_words.position = 'prefix'
            and right(leads.lead_text, length(comparator_words.word)) = comparator_words.word
    qualify
        row_number() over (
            partition by leads.target_text, leads.number_no
            order by length(comparator_words.word) desc nulls last
        ) = 1
),

negations as (
    select
        prefixes.*,
        case
            when negations.word is not null then prefixes.negated_comparator
            else prefixes.prefix_comparator
        end as read_comparator,
        left(prefixes.plain_lead, length(prefixes.plain_lead) - coalesce(length(negations.word), 0)) as rest_lead
    from prefixes
    left join comparator_words as negations
        on
            negations.position = 'negation'
            and prefixes.negated_comparator != 'none'
            and right(prefixes.plain_lead, length(negations.word)) = negations.word
    qualify
        row_number() over (
            partition by prefixes.target_text, prefixes.number_no
            order by length(negations.word) desc nulls last
        ) = 1
),

comparators as (
    select
        negations.*,
        nullif(negations.read_comparator, 'none') as before_comparator,
        nullif(negations.suffix_comparator, 'none') as after_comparator,
        negations.rest_lead = '' or neutral_words.word is not null as has_plain_lead
    from negations
    left join comparator_words as neutral_words
        on
            neutral_words.position = 'prefix'
            and neutral_words.comparator = 'none'
            and negations.rest_lead = neutral_words.word
),

measures as (
    select
        target_text,
        number_no,
        number_count,
        is_spelled,
        is_no_quantity,
        has_plain_lead,
        rest_lead,
        tail_text,
        unknown_unit,
        head_reading,
        narrow_number,
        skipped_length + unit_length + suffix_length as used_length,
        try_cast(case when is_negative then '-' else '' end || narrow_number as decimal(24, 6)) as number_value,
        coalesce(
            before_comparator is not null and after_comparator is not null
            and left(before_comparator, 1) != left(after_comparator, 1) and before_comparator != '=',
            false
        ) as has_comparator_conflict,
        coalesce(before_comparator, after_comparator) as comparator,
        nullif(known_unit, '') as known_unit,
        nullif(substr(following_text, skipped_length + 1, unit_length), '') as known_unit_text,
        nullif(substr(following_text, skipped_length + 1, length(unknown_unit)), '') as unknown_unit_text
    from comparators
),

-- Two numbers are the bounds of one quantity when only a dash or 至 stands between them, or when the first is a
-- lower and the second an upper bound (≥90%且≤95%).
neighbours as (
    select
        *,
        lead(number_value) over numbers_of_text as next_value,
        lead(narrow_number) over numbers_of_text as next_number,
        lead(known_unit) over numbers_of_text as next_unit,
        lead(known_unit_text) over numbers_of_text as next_unit_text,
        lead(unknown_unit) over numbers_of_text as next_unknown_unit,
        lead(unknown_unit_text) over numbers_of_text as next_unknown_unit_text,
        lead(head_reading) over numbers_of_text as next_reading,
        lead(tail_text) over numbers_of_text as next_tail,
        lead(comparator) over numbers_of_text as next_comparator,
        lead(is_no_quantity) over numbers_of_text as next_is_no_quantity,
        substr(lead(rest_lead) over numbers_of_text, used_length + 1) as text_between
    from measures
    window numbers_of_text as (partition by target_text order by number_no)
),

joints as (
    select
        *,
        coalesce(
            not next_is_no_quantity
            and (known_unit is null or next_unit is null or known_unit = next_unit or left(next_unit, length(known_unit)) = known_unit)
            and (next_value > number_value or known_unit is not null)
            and not (
                next_unit is null and {{ regexp_like("narrow_number || next_number", "'^(19|20)[0-9]{2}(19|20)[0-9]{2}$'") }}
            )
            and (
                {{ regexp_like('text_between', connector) }}
                or (
                    comparator in ('>=', '>')
                    and next_comparator in ('<=', '<')
                    and text_between in ('', ',', ';', '；', '、', '且', '并', '并且', '和', '及', '同时')
                )
            ),
            false
        ) as joins_next,
        coalesce({{ regexp_like('text_between', connector) }}, false) as has_dash
    from neighbours
),

pairs as (
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
        number_no = 1 and has_plain_lead and (
            (number_count = 1 and tail_text = '') or (number_count = 2 and joins_next and next_tail = '')
        ) as fills_cell
    from pairs
),

measured as (
    select
        target_text,
        is_spelled,
        is_range,
        fills_cell,
        -- a rise from one figure to another has two quantities, not two bounds
        is_range and {{ regexp_like('rest_lead', "'[由从自]$'") }} as is_change,
        number_value as target_value,
        case when is_range then next_value end as target_value_to,
        has_comparator_conflict and not is_range as has_comparator_conflict,
        case when not is_range and not has_comparator_conflict then comparator end as comparator,
        case when is_range and next_unit is not null then next_reading else head_reading end as reading,
        case when is_range then coalesce(next_unit, known_unit) else known_unit end as known_unit,
        case when is_range then coalesce(next_unit_text, known_unit_text) else known_unit_text end as known_unit_text,
        case when is_range then next_unknown_unit else unknown_unit end as unknown_unit,
        case when is_range then next_unknown_unit_text else unknown_unit_text end as unknown_unit_text,
        tail_text = '' as ends_cell
    from bounds
    where
        not is_no_quantity
        and number_value is not null
        and (is_range or not (is_joined_before or has_dash))
),

quantities as (
    select
        *,
        case when known_unit is null then unknown_unit_text else known_unit_text end as target_unit_text,
        case when known_unit is null then unknown_unit_text else known_unit end as target_unit
    from measured
    where
        case
            when is_spelled then fills_cell and reading = 'always'
            when reading in ('always', 'digits') then true
            when reading = 'cell_or_bound' then fills_cell or comparator is not null
            when reading = 'bound' then comparator is not null
            when reading = 'cell' then fills_cell
            when reading is not null then false
            when unknown_unit = '' then fills_cell or (comparator is not null and ends_cell)
            else fills_cell and {{ regexp_like('unknown_unit', "'^[一-龥a-z]{1,4}(/[一-龥a-z]{1,4})?$'") }}
        end
),

counted as (
    select
        target_text,
        sum(case when is_change then 2 else 1 end) as quantity_count,
        min(target_value) as target_value,
        min(target_value_to) as target_value_to,
        min(comparator) as comparator,
        min(target_unit) as target_unit,
        min(target_unit_text) as target_unit_text,
        bool_and(known_unit is not null) as is_unit_known,
        bool_or(has_comparator_conflict) as has_comparator_conflict
    from quantities
    group by target_text
),

kinds as (
    select
        cells.target_text,
        case
            when cells.is_blank then 'blank'
            when dates.target_date is not null then 'date'
            when options.target_text is not null then 'yes_no'
            when counted.quantity_count >= 2 then 'list'
            when counted.quantity_count = 1 and counted.target_value_to is not null then 'range'
            when counted.quantity_count = 1 then 'number'
            when date_parts.date_count >= 2 then 'list'
            else 'text'
        end as target_kind,
        dates.target_date,
        dates.date_precision,
        dates.target_text is not null and dates.target_date is null as has_impossible_date,
        counted.comparator,
        counted.target_value,
        counted.target_value_to,
        counted.target_unit,
        counted.target_unit_text,
        counted.is_unit_known,
        counted.has_comparator_conflict,
        counted.quantity_count
    from cells
    left join date_parts on cells.target_text = date_parts.target_text
    left join dates on cells.target_text = dates.target_text
    left join options on cells.target_text = options.target_text
    left join counted on cells.target_text = counted.target_text
),

typed as (
    select
        indicators.document_id || '-' || cast(indicators.project_no as varchar) as project_id,
        indicators.document_id || '-' || cast(indicators.project_no as varchar)
        || '-' || cast(indicators.indicator_no as varchar) as indicator_id,
        indicators.document_id,
        indicators.project_no,
        indicators.indicator_no,
        indicators.target_text,
        coalesce(kinds.target_kind, 'blank') as target_kind,
        case when kinds.target_kind = 'number' then kinds.comparator end as comparator,
        case when kinds.target_kind in ('number', 'range') then kinds.target_value end as target_value,
        case when kinds.target_kind = 'range' then kinds.target_value_to end as target_value_to,
        case when kinds.target_kind in ('number', 'range') then kinds.target_unit end as target_unit,
        case when kinds.target_kind in ('number', 'range') then kinds.target_unit_text end as target_unit_text,
        case when kinds.target_kind = 'date' then kinds.target_date end as target_date,
        case when kinds.target_kind = 'date' then kinds.date_precision end as date_precision,
        coalesce(kinds.target_kind in ('number', 'range', 'date', 'list'), false) as is_quantified,
        case when kinds.target_kind = 'list' then greatest(kinds.quantity_count, 2)
            when kinds.target_kind in ('number', 'range') then 1 else 0
        end as quantity_count,
        case
            when kinds.target_kind in ('number', 'range') and kinds.target_unit is not null then kinds.is_unit_known
        end as is_unit_known,
        coalesce(kinds.target_kind = 'number' and kinds.has_comparator_conflict, false) as has_comparator_conflict,
        coalesce(kinds.has_impossible_date, false) as has_impossible_date
    from indicators
    left join kinds on indicators.target_text = kinds.target_text
)

select * from typed
