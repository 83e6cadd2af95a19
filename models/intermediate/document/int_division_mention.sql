with recursive texts as (
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

longest as (
    select * from found
    qualify next_position = max(next_position) over (partition by name_text, start_position)
),

places_of_names as (
    select distinct
        name_text,
        start_position,
        next_position
    from longest
),

followers as (
    select
        places_of_names.name_text,
        places_of_names.start_position,
        min(followers.start_position) as following_position
    from places_of_names
    inner join places_of_names as followers
        on
            places_of_names.name_text = followers.name_text
            and places_of_names.next_position <= followers.start_position
    group by places_of_names.name_text, places_of_names.start_position
),

-- read from left to right, the longest name first: 邢台 in 邢台市 is not that name, nor is 市郊区 in 佳木斯市郊区
walk as (
    select
        name_text,
        min(start_position) as start_position
    from places_of_names
    group by name_text
    union all
    select
        walk.name_text,
        followers.following_position as start_position
    from walk
    inner join followers
        on
            walk.name_text = followers.name_text
            and walk.start_position = followers.start_position
),

separate as (
    select longest.*
    from longest
    inner join walk
        on
            longest.name_text = walk.name_text
            and longest.start_position = walk.start_position
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
        substr(separate.name_text, separate.next_position, 2) as following_text
    from separate
    left join after_superior
        on
            separate.name_text = after_superior.name_text
            and separate.start_position = after_superior.next_position
)

select * from bounded
