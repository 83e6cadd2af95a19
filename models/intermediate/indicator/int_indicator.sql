{% set label_extras = "'^[(]?[0-9一二三四五六七八九十]{1,2}[)、.]|[(][^()]*[0-9][^()]*[)]$|等$|:$'" %}

with indicators as (
    select * from {{ ref('int_corrected_indicator') }}
),

aliases as (
    select * from {{ ref('indicator_category_alias') }}
),

-- A label is compared without white space, width, its printed number (1.数量指标), its weight (数量指标（10分）)
-- and a 等 behind it.
labels as (
    select distinct
        level1_text,
        level2_text,
        {{ regexp_replace_all(narrow(without_space('level1_text')), label_extras, "''") }} as level1_label,
        {{ regexp_replace_all(narrow(without_space('level2_text')), label_extras, "''") }} as level2_label
    from indicators
),

level1_words as (
    select distinct printed_text from aliases
    where level = 1
),

level2_words as (
    select distinct printed_text from aliases
    where level = 2
),

-- 数量指标 in the first column, the names in the second: there what heads the columns is one level lower
shifts as (
    select
        labels.level1_text,
        labels.level2_text,
        labels.level1_label,
        labels.level2_label,
        level2_words.printed_text is not null as is_level2_word,
        shifted_words.printed_text is not null
        and level1_words.printed_text is null
        and level2_words.printed_text is null as is_shifted
    from labels
    left join level1_words on labels.level1_label = level1_words.printed_text
    left join level2_words as shifted_words on labels.level1_label = shifted_words.printed_text
    left join level2_words on labels.level2_label = level2_words.printed_text
),

meant as (
    select
        {{ indicator_id('indicators') }} as indicator_id,
        indicators.document_id,
        indicators.project_no,
        indicators.indicator_no,
        case
            when indicators.term_text like '%中期%' or indicators.term_text like '%长期%' then 'medium_term'
            when indicators.term_text like '%总%' then 'whole_period'
            else 'annual'
        end as term,
        case when not shifts.is_shifted then indicators.level1_text end as level1_text,
        case when not shifts.is_shifted then shifts.level1_label end as level1_label,
        case
            when shifts.is_shifted then indicators.level1_text
            -- a name in the last of two columns
            when indicators.level3_text is not null or shifts.is_level2_word then indicators.level2_text
        end as level2_text,
        case
            when shifts.is_shifted then shifts.level1_label
            when indicators.level3_text is not null or shifts.is_level2_word then shifts.level2_label
        end as level2_label,
        case
            when indicators.level3_text is not null then indicators.level3_text
            when not shifts.is_level2_word then indicators.level2_text
        end as indicator_name
    from indicators
    inner join shifts
        on
            indicators.level1_text is not distinct from shifts.level1_text
            and indicators.level2_text is not distinct from shifts.level2_text
)

select * from meant
