with texts as (
    select distinct text from {{ ref('int_document_text') }}
),

divisions as (
    select * from {{ ref('int_division') }}
),

numbers as (
    select * from {{ numbers(299) }}
),

names as (
    select
        division_name as name,
        true as is_full_name,
        bool_or(division_level <> 'county') as is_superior_name
    from divisions
    group by division_name
    union all
    select
        short_name as name,
        false as is_full_name,
        bool_or(division_level <> 'county') as is_superior_name
    from divisions
    where short_name is not null
    group by short_name
),

keyed_names as (
    select
        name,
        is_full_name,
        is_superior_name,
        length(name) as name_length,
        substr(name, 1, 2) as first_two
    from names
),

places as (
    select
        texts.text,
        numbers.number as start_position,
        substr(texts.text, numbers.number, 2) as first_two
    from texts
    inner join numbers on length(texts.text) > numbers.number
),

found as (
    -- joined on the first two characters: no comparison of every text with every name
    select
        places.text,
        places.start_position,
        places.start_position + keyed_names.name_length as next_position,
        keyed_names.name,
        keyed_names.is_full_name,
        keyed_names.is_superior_name
    from places
    inner join keyed_names on places.first_two = keyed_names.first_two
    where substr(places.text, places.start_position, keyed_names.name_length) = keyed_names.name
),

longest as (
    -- part of a longer name (邢台 in 邢台市) is not that name
    select found.*
    from found
    left join found as longer
        on
            found.text = longer.text
            and found.start_position >= longer.start_position
            and found.next_position <= longer.next_position
            and length(found.name) < length(longer.name)
    where longer.text is null
),

after_superior as (
    select distinct
        text,
        next_position
    from longest
    where is_superior_name
),

bounded as (
    select
        longest.text,
        longest.start_position,
        longest.next_position,
        longest.name,
        longest.is_full_name,
        after_superior.text is not null as is_after_superior,
        -- a name begins here: at the start, behind a sign, a digit, a year, or the name of a superior
        after_superior.text is not null
        or longest.start_position = 1
        or not {{ regexp_like('substr(longest.text, longest.start_position - 1, 1)', "'[一-鿿]'") }}
        or substr(longest.text, longest.start_position - 1, 1) in ('年', '度') as is_at_boundary,
        substr(longest.text, longest.next_position, 1) as next_character
    from longest
    left join after_superior
        on
            longest.text = after_superior.text
            and longest.start_position = after_superior.next_position
)

select * from bounded
