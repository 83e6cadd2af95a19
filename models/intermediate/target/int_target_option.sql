with

cells as (
    select * from {{ to_read(ref('int_target_cell')) }}
),

words as (
    select * from {{ ref('yes_no_option') }}
),

units as (
    select * from {{ ref('measure_unit') }}
),

-- Boxes and brackets to be ticked are no part of the options: 是□ 否□.
options as (
    select
        target_text,
        {{ regexp_replace_all('narrow_text', "'[()□■☑☐○●“”]'", "''") }} as option_text
    from cells
),

pieces as (
    {{ pieces_between('options', 'target_text, option_text', 'option_text', '/|、或;；,，') }}
),

lists as (
    select
        pieces.target_text,
        {{ regexp_like('pieces.option_text', "'^[^、或;；,，]+$'") }} as has_slashes_only,
        count(distinct pieces.piece) as piece_count,
        max(length(pieces.piece)) as longest_piece,
        count(distinct case when units.reading = 'always' then pieces.piece end) as unit_count,
        count(distinct {{ regexp_replace_all('pieces.piece', "'^(不能?|未能?|非|无|没有?)'", "''") }}) as stem_count
    from pieces
    left join units on pieces.piece = units.spelling
    where not {{ regexp_like('pieces.option_text', "'[0-9]'") }}
    group by pieces.target_text, pieces.option_text
),

scales as (
    select
        pieces.target_text,
        words.scale,
        count(distinct pieces.piece) as known_count,
        bool_or(words.answers_alone) as answers_alone
    from pieces
    inner join words on pieces.piece = words.word
    group by pieces.target_text, words.scale
),

-- An answer by itself; or several pieces of one scale, of an opposing pair (X, 不X), or short and between slashes,
-- unless they are units (元/人 lost its number).
yes_no as (
    select distinct lists.target_text
    from lists
    left join scales
        on lists.target_text = scales.target_text and lists.piece_count = scales.known_count
    where
        (lists.piece_count = 1 and scales.answers_alone)
        or (
            lists.piece_count >= 2
            and (
                scales.scale is not null
                or (lists.piece_count = 2 and lists.stem_count = 1)
                or (lists.has_slashes_only and lists.longest_piece <= 4 and lists.unit_count < lists.piece_count)
            )
        )
)

select * from yes_no
