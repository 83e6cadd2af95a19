with cells as (
    select
        target_text,
        narrow_text,
        {{ without_dates('narrow_text') }} as undated_text
    from {{ to_read(ref('int_target_cell')) }}
    where not is_long
),

quantities as (
    select * from {{ to_read(ref('int_target_quantity')) }}
),

units as (
    select * from {{ ref('measure_unit') }}
),

-- what can be counted or bought: a time, a voltage or a width without a comparator may as well describe a thing
countable_dimensions as (
    select * from {{ ref('countable_dimension') }}
),

state_verbs as (
    select word from {{ ref('department_word') }}
    where role = 'state_verb'
),

all_verbs as (
    select word from {{ ref('goal_verb') }}
    union
    select word from {{ ref('department_word') }}
    where role = 'target_verb'
),

verbs as (
    select * from all_verbs
    where word not in (select state_verbs.word from state_verbs)
),

state_words as (
    select word from {{ ref('department_word') }}
    where role = 'state_word'
),

grade_words as (
    select * from {{ ref('grade_word') }}
),

texts as (
    select distinct phrase_text from {{ to_read(ref('int_department_phrase'), 'document_id') }}
),

-- what is before the figure and behind it; a date beside it is none of its words
parted as (
    select
        texts.phrase_text,
        cells.narrow_text,
        quantities.quantity_count,
        quantities.comparator,
        quantities.target_value,
        quantities.target_value_to,
        quantities.target_unit,
        units.dimension,
        coalesce({{ regexp_first('cells.undated_text', "'^[^0-9]+'") }}, '') as lead_text,
        coalesce({{ regexp_like(
            "left(cells.narrow_text, length(cells.narrow_text) - length(quantities.target_unit_text))", "'[0-9]$'"
        ) }}, false) as is_at_end,
        countable_dimensions.dimension is not null
        and not {{ regexp_like('quantities.target_unit_text', "'^[A-Za-z]$'") }} as is_countable
    from texts
    inner join cells on texts.phrase_text = cells.target_text
    inner join quantities on texts.phrase_text = quantities.target_text and not quantities.has_unread_part
    left join units on lower({{ narrow('quantities.target_unit_text') }}) = units.spelling
    left join countable_dimensions on units.dimension = countable_dimensions.dimension
),

-- A figure in a sentence is a target where its print says so: a share, a comparator, a verb right before it (引进2个), or
-- at the end of a phrase that does something or counts (新增规上企业3家, 调研报告数量3篇), or of an indicator (养护里程50公里).
-- What is so already is none, nor a band of a standard that has no label (90%以上为优), nor a condition (偏差超过10%的).
aimed as (
    select
        parted.*,
        {{ regexp_like('parted.lead_text', "'[数量率度额值积程模产入比]$'") }} as is_measured,
        bool_or({{ ends_in('parted.lead_text', 'verbs.word') }}) as has_verb_before,
        bool_or(verbs.word is not null) as has_verb
    from parted
    left join verbs on contains(parted.lead_text, verbs.word)
    where
        not exists (
            select 1 from state_words
            where contains(parted.narrow_text, state_words.word)
        )
        and not exists (
            select 1 from grade_words
            where {{ ends_in('parted.narrow_text', "concat_ws('', '为', grade_words.word)") }}
        )
        and not coalesce(
            parted.comparator in ('>', '<') and {{ regexp_like('parted.narrow_text', "'[0-9][^0-9]{0,6}的'") }}, false
        )
    group by all
),

described as (
    select
        phrase_text as target_text,
        quantity_count,
        comparator,
        target_value,
        target_value_to,
        target_unit,
        case
            when quantity_count > 1 then has_verb_before or {{ regexp_like('narrow_text', "'[0-9][%‰]'") }}
            when dimension in ('percent', 'permille', 'percentage_point') then true
            when target_unit is not null and comparator is not null then true
            else coalesce(is_countable and (has_verb_before or (is_at_end and (is_measured or has_verb))), false)
        end as is_aimed_at,
        is_countable and is_at_end as is_end_counted
    from aimed
),

figures as (
    select {{ all_but('', ['is_end_counted']) }}
    from described
    where is_aimed_at or is_end_counted
)

select * from figures
