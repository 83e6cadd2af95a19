with texts as (
    select distinct name_text from {{ ref('int_document_text') }}
),

divisions as (
    select * from {{ ref('int_division') }}
),

numbers as (
    select * from {{ numbers(299) }}
),

names as (
    select
        division_name as printed_name,
        true as is_full_name,
        bool_or(division_level <> 'county') as is_superior_name
    from divisions
    group by division_name
    union all
    select
        short_name as printed_name,
        false as is_full_name,
        bool_or(division_level <> 'county') as is_superior_name
    from divisions
    where short_name is not null
    group by short_name
),

keyed_names as (
    select
        printed_name,
        is_full_name,
        is_superior_name,
        length(printed_name) as name_length,
        substr(printed_name, 1, 2) as first_two
    from names
),

places as (
    select
        texts.name_text,
        numbers.number as start_position,
        substr(texts.name_text, numbers.number, 2) as first_two
    from texts
    inner join numbers on length(texts.name_text) > numbers.number
),

found as (
    -- joined on the first two characters: no comparison of every text with every name
    select
        places.name_text,
        places.start_position,
        places.start_position + keyed_names.name_length as next_position,
        keyed_names.printed_name,
        keyed_names.is_full_name,
        keyed_names.is_superior_name
    from places
    inner join keyed_names on places.first_two = keyed_names.first_two
    where substr(places.name_text, places.start_position, keyed_names.name_length) = keyed_names.printed_name
),

-- read from left to right, the longest name first: 邢台 in 邢台市 is not that name, nor is 市郊区 in 佳木斯市郊区
longest as (
    select * from found
    qualify next_position = max(next_position) over (partition by name_text, start_position)
),

reaches as (
    select
        name_text,
        start_position,
        next_position,
        coalesce(max(next_position) over (
            partition by name_text order by start_position
            range between unbounded preceding and 1 preceding
        ) > start_position, false) as begins_inside_another
    from longest
),

separate as (
    -- inside a name that itself begins inside another one it may stand after all
    select longest.*
    from longest
    left join reaches
        on
            longest.name_text = reaches.name_text
            and longest.start_position > reaches.start_position
            and longest.start_position < reaches.next_position
            and not reaches.begins_inside_another
    where reaches.name_text is null
),

after_superior as (
    select distinct
        name_text,
        next_position
    from separate
    where is_superior_name
),

bounded as (
    select
        separate.name_text,
        separate.start_position,
        separate.next_position,
        separate.printed_name,
        separate.is_full_name,
        after_superior.name_text is not null as is_after_superior,
        -- a name begins here: at the start, behind a sign, a digit, a year, or the name of a superior
        after_superior.name_text is not null
        or separate.start_position = 1
        or not {{ regexp_like('substr(separate.name_text, separate.start_position - 1, 1)', "'[一-鿿]'") }}
        or substr(separate.name_text, separate.start_position - 1, 1) in ('年', '度') as is_at_boundary,
        substr(separate.name_text, separate.next_position, 1) as next_character
    from separate
    left join after_superior
        on
            separate.name_text = after_superior.name_text
            and separate.start_position = after_superior.next_position
)

select * from bounded
