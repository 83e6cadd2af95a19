with goals as (
    select * from {{ ref('dim_department_goal') }}
),

phrases as (
    select * from {{ ref('int_department_phrase') }}
),

cells as (
    select
        target_text,
        narrow_text,
        {{ without_dates('narrow_text') }} as undated_text
    from {{ ref('int_target_cell') }}
    where not is_long
),

quantities as (
    select * from {{ ref('int_target_quantity') }}
),

dates as (
    select * from {{ ref('int_target_date') }}
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
    select distinct phrase_text from phrases
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
            where {{ ends_in('parted.narrow_text', "concat('为', grade_words.word)") }}
        )
        and not coalesce(
            parted.comparator in ('>', '<') and {{ regexp_like('parted.narrow_text', "'[0-9][^0-9]{0,6}的'") }}, false
        )
    group by all
),

figures as (
    select
        *,
        case
            when quantity_count > 1 then has_verb_before or {{ regexp_like('narrow_text', "'[0-9][%‰]'") }}
            when dimension in ('percent', 'permille', 'percentage_point') then true
            when target_unit is not null and comparator is not null then true
            else is_countable and (has_verb_before or (is_at_end and (is_measured or has_verb)))
        end as is_aimed_at
    from aimed
    where is_aimed_at or (is_countable and is_at_end)
),

-- A whole phrase: 6月底前, 年底前完成; a month or a year alone says when, not by when.
deadlines as (
    select
        texts.phrase_text,
        dates.*
    from texts
    inner join dates on texts.phrase_text = dates.target_text
    where {{ regexp_like('texts.phrase_text', "'[前底末内止]'") }}
),

joined as (
    select
        goals.*,
        phrases.item_no,
        phrases.phrase_no,
        phrases.part_type as from_type,
        phrases.phrase_text as target_text,
        phrases.source_ref as phrase_source_ref,
        figures.quantity_count,
        figures.comparator,
        figures.target_value,
        figures.target_value_to,
        figures.target_unit,
        {{ date_in_year('deadlines', 'goals.fiscal_year') }} as target_date
    from phrases
    inner join goals on phrases.document_id = goals.document_id and phrases.goal_no = goals.goal_no
    left join figures
        on phrases.phrase_text = figures.phrase_text and (figures.is_aimed_at or phrases.part_type = 'indicator')
    left join deadlines on phrases.phrase_text = deadlines.phrase_text
    where figures.phrase_text is not null or deadlines.phrase_text is not null
),

numbered as (
    select
        department_goal_id,
        cast(row_number() over (partition by department_goal_id order by item_no, phrase_no) as integer) as target_no,
        document_id,
        unit_id,
        division_id,
        division_code,
        fiscal_year,
        fiscal_year_start_date,
        from_type,
        target_text,
        case
            when quantity_count > 1 then 'list'
            when target_value_to is not null then 'range'
            when target_value is not null then 'number'
            else 'date'
        end as target_kind,
        comparator,
        target_value,
        target_value_to,
        target_unit,
        case when quantity_count is null then target_date end as target_date,
        phrase_source_ref as source_ref
    from joined
    where quantity_count is not null or target_date is not null
)

select * from numbered
