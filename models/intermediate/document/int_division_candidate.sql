with documents as (
    select * from {{ ref('int_document_year') }}
),

texts as (
    select * from {{ ref('int_document_text') }}
),

mentions as (
    select * from {{ ref('int_division_mention') }}
),

divisions as (
    select * from {{ ref('int_division') }}
),

successions as (
    select * from {{ ref('int_division_succession') }}
),

-- a division that goes on under its name in the year in which one of its rows ends: the new row is enough
continued as (
    select distinct divisions.division_id
    from divisions
    inner join successions
        on
            divisions.division_code = successions.division_code
            and divisions.valid_to_year = successions.changed_year
    inner join divisions as successors
        on
            successions.successor_code = successors.division_code
            and successions.changed_year = successors.valid_from_year
            and divisions.division_name = successors.division_name
),

named_divisions as (
    select
        division_name as printed_name,
        true as is_full_name,
        division_id
    from divisions
    union all
    select
        short_name as printed_name,
        false as is_full_name,
        division_id
    from divisions
    where short_name is not null
),

province_short_names as (
    select distinct short_name
    from divisions
    where division_level = 'province'
),

candidates as (
    select
        documents.document_id,
        mentions.name_text,
        mentions.printed_name,
        mentions.is_full_name,
        mentions.start_position,
        mentions.next_position,
        mentions.is_after_superior,
        mentions.is_at_boundary,
        mentions.following_text,
        divisions.division_id,
        divisions.division_code,
        divisions.division_level,
        case divisions.division_level
            when 'province' then substr(divisions.division_code, 1, 2)
            when 'prefecture' then substr(divisions.division_code, 1, 4)
            else divisions.division_code
        end as code_prefix
    from documents
    inner join texts on documents.document_id = texts.document_id
    inner join mentions on texts.name_text = mentions.name_text
    inner join named_divisions
        on
            mentions.printed_name = named_divisions.printed_name
            and mentions.is_full_name = named_divisions.is_full_name
    inner join divisions on named_divisions.division_id = divisions.division_id
    left join province_short_names
        on
            mentions.printed_name = province_short_names.short_name
            and not mentions.is_full_name
            and divisions.division_level <> 'province'
    left join continued on divisions.division_id = continued.division_id
    where
        -- 吉林 alone is the province, not 吉林市
        province_short_names.short_name is null
        and case
            when documents.fiscal_year is null then divisions.is_current
            -- a county renamed in June is printed by both names that year
            else
                divisions.valid_from_year <= documents.fiscal_year
                and (
                    coalesce(divisions.valid_to_year, 9999) > documents.fiscal_year
                    or (divisions.valid_to_year = documents.fiscal_year and continued.division_id is null)
                )
        end
),

superiors as (
    select distinct
        document_id,
        name_text,
        next_position,
        division_level,
        code_prefix
    from candidates
    -- 中山 in 中山路 is no superior
    where division_level <> 'county' and (is_full_name or is_at_boundary)
),

printed_superiors as (
    select
        document_id,
        bool_or(division_level = 'prefecture') as has_prefecture,
        bool_or(division_level = 'province') as has_province
    from superiors
    group by document_id
),

-- how well a candidate agrees with the superiors printed anywhere in the document's texts, and just before it
placed as (
    select
        candidates.document_id,
        candidates.name_text,
        candidates.printed_name,
        candidates.is_full_name,
        candidates.start_position,
        candidates.division_id,
        candidates.division_code,
        candidates.division_level,
        candidates.is_after_superior,
        candidates.is_at_boundary,
        candidates.following_text,
        coalesce(bool_or(superiors.division_level = 'prefecture'), false) as is_in_prefecture,
        coalesce(bool_or(superiors.division_level = 'province'), false) as is_in_province,
        coalesce(bool_or(
            superiors.name_text = candidates.name_text and superiors.next_position = candidates.start_position
        ), false) as is_under_preceding
    from candidates
    left join superiors
        on
            candidates.document_id = superiors.document_id
            and length(superiors.code_prefix) < length(
                case candidates.division_level
                    when 'prefecture' then substr(candidates.division_code, 1, 4)
                    else candidates.division_code
                end
            )
            and substr(candidates.division_code, 1, length(superiors.code_prefix)) = superiors.code_prefix
    where candidates.division_level <> 'province' or candidates.is_full_name
    group by all
),

with_superiors as (
    select
        placed.document_id,
        placed.name_text,
        placed.printed_name,
        placed.is_full_name,
        placed.start_position,
        placed.division_id,
        placed.division_level,
        placed.is_after_superior,
        placed.is_at_boundary,
        placed.following_text,
        placed.is_in_prefecture,
        placed.is_in_province,
        placed.is_under_preceding,
        coalesce(printed_superiors.has_prefecture, false) as has_prefecture,
        coalesce(printed_superiors.has_province, false) as has_province
    from placed
    left join printed_superiors on placed.document_id = printed_superiors.document_id
)

select * from with_superiors
