{% set label_extras = "'^[(]?[0-9一二三四五六七八九十]{1,2}[)、.]|[(][^()]*[0-9][^()]*[)]$|等$|:$'" %}

with indicators as (
    select * from {{ to_read(ref('int_corrected_indicator')) }}
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
        level3_text,
        {{ regexp_replace_all(narrow(without_space('level1_text')), label_extras, "''") }} as level1_label,
        {{ regexp_replace_all(narrow(without_space('level2_text')), label_extras, "''") }} as level2_label,
        {{ regexp_replace_all(narrow(without_space('level3_text')), label_extras, "''") }} as level3_label
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
        labels.*,
        level2_words.printed_text is not null as is_level2_word,
        shifted_words.printed_text is not null and level2_words.printed_text is null as may_be_shifted,
        level1_words.printed_text is not null as is_level1_word,
        level3_words.printed_text is not null as is_level3_word
    from labels
    left join level1_words on labels.level1_label = level1_words.printed_text
    left join level2_words as shifted_words on labels.level1_label = shifted_words.printed_text
    left join level2_words on labels.level2_label = level2_words.printed_text
    left join level2_words as level3_words on labels.level3_label = level3_words.printed_text
),

-- 成本指标 before a name is a word of both levels: it is what the other words in the first column of its form are
placed as (
    select
        indicators.*,
        shifts.level1_label,
        shifts.level2_label,
        shifts.level3_label,
        shifts.is_level2_word,
        shifts.is_level3_word,
        shifts.may_be_shifted
        and (
            not shifts.is_level1_word
            or (
                indicators.level2_text is not null
                and indicators.level3_text is null
                and bool_or(shifts.may_be_shifted and not shifts.is_level1_word) over (
                    partition by indicators.document_id, indicators.project_no
                )
            )
        ) as is_shifted
    from indicators
    inner join shifts
        on
            indicators.level1_text is not distinct from shifts.level1_text
            and indicators.level2_text is not distinct from shifts.level2_text
            and indicators.level3_text is not distinct from shifts.level3_text
),

meant as (
    select
        {{ indicator_id('placed') }} as indicator_id,
        placed.document_id,
        placed.project_no,
        placed.indicator_no,
        case
            when placed.term_text like '%中期%' or placed.term_text like '%长期%' then 'medium_term'
            when placed.term_text like '%总%' then 'whole_period'
            else 'annual'
        end as term,
        case when not placed.is_shifted then level1_text end as level1_text,
        case when not placed.is_shifted then level1_label end as level1_label,
        case
            when placed.is_shifted then level1_text
            -- a name in the last of two columns
            when placed.level3_text is not null or placed.is_level2_word then level2_text
        end as level2_text,
        case
            when placed.is_shifted then level1_label
            -- a name that is a word of the second level stands for the level that is not printed
            when level2_text is null and placed.is_level3_word then placed.level3_label
            when placed.level3_text is not null or placed.is_level2_word then level2_label
        end as level2_label,
        case
            when placed.level3_text is not null then placed.level3_text
            when not placed.is_level2_word then level2_text
        end as indicator_name
    from placed
)

select * from meant
