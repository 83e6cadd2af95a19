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

longest as (
    -- part of a longer name (邢台 in 邢台市) is not that name
    select found.*
    from found
    left join found as longer
        on
            found.name_text = longer.name_text
            and found.start_position >= longer.start_position
            and found.next_position <= longer.next_position
            and length(found.printed_name) < length(longer.printed_name)
    where longer.name_text is null
),

after_superior as (
    select distinct
        name_text,
        next_position
    from longest
    where is_superior_name
),

bounded as (
    select
        longest.name_text,
        longest.start_position,
        longest.next_position,
        longest.printed_name,
        longest.is_full_name,
        after_superior.name_text is not null as is_after_superior,
        -- a name begins here: at the start, behind a sign, a digit, a year, or the name of a superior
        after_superior.name_text is not null
        or longest.start_position = 1
        or not {{ regexp_like('substr(longest.name_text, longest.start_position - 1, 1)', "'[一-鿿]'") }}
        or substr(longest.name_text, longest.start_position - 1, 1) in ('年', '度') as is_at_boundary,
        substr(longest.name_text, longest.next_position, 1) as next_character
    from longest
    left join after_superior
        on
            longest.name_text = after_superior.name_text
            and longest.start_position = after_superior.next_position
)

select * from bounded
