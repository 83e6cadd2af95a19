{#- What follows a town, a village, a street or an office that is merely called like a county (乡村振兴局 is none). -#}
{% set like_another = "'^([镇村街路局厅]|乡([^村]|$))'" %}

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

words as (
    select * from {{ ref('division_word') }}
),

current_short_names as (
    select
        short_name,
        count(*) as division_count,
        bool_or(division_level <> 'county') as is_superior_name
    from divisions
    where is_current and short_name is not null
    group by short_name
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
    where
        -- 吉林 alone is the province, not 吉林市
        province_short_names.short_name is null
        and case
            when documents.fiscal_year is null then divisions.is_current
            else
                divisions.valid_from_year <= documents.fiscal_year
                and coalesce(divisions.valid_to_year, 9999) > documents.fiscal_year
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

accepted as (
    select
        placed.document_id,
        placed.name_text,
        placed.printed_name,
        placed.division_id,
        placed.division_code,
        case
            when placed.division_level = 'county' and placed.is_full_name then 1
            when placed.division_level = 'county' then 2
            when placed.division_level = 'prefecture' and placed.is_full_name then 3
            when placed.division_level = 'prefecture' then 4
            else 5
        end as name_rank,
        case
            when placed.is_in_prefecture then 2
            when placed.is_in_province then 1
            else 0
        end as agreement,
        case
            -- 邢台市桥西区 in a year without one names no other 桥西区
            when placed.is_full_name then placed.is_after_superior and not placed.is_under_preceding
            -- 邢台 without 市 or 县 may be either; a common word behind its superior may be the county or the word
            else current_short_names.is_superior_name or words.short_name is not null
        end
        and placed.division_level = 'county' as is_undecided
    from placed
    left join printed_superiors on placed.document_id = printed_superiors.document_id
    left join words on placed.printed_name = words.short_name
    left join current_short_names on placed.printed_name = current_short_names.short_name
    where
        case
            -- 城区 or 易县 may be the end of another word (主城区)
            when placed.is_full_name and words.short_name is not null then placed.is_under_preceding
            when placed.is_full_name then length(placed.printed_name) > 2 or placed.is_at_boundary
            when not placed.is_at_boundary then false
            when words.short_name is not null
                then
                    placed.is_under_preceding
                    and not {{ regexp_like('placed.following_text', like_another) }}
            when placed.division_level = 'county' and coalesce(printed_superiors.has_prefecture, false)
                then placed.is_in_prefecture
            when coalesce(printed_superiors.has_province, false) then placed.is_in_province
            -- without a superior: a name that no other has, and no town, village or street called alike
            else
                current_short_names.division_count = 1
                and not {{ regexp_like('placed.following_text', like_another) }}
        end
),

lowest as (
    select * from accepted
    qualify name_rank = min(name_rank) over (partition by document_id)
),

narrowed as (
    select * from lowest
    qualify agreement = max(agreement) over (partition by document_id, printed_name)
),

per_name as (
    select
        document_id,
        printed_name,
        min(name_text) as name_text,
        min(name_rank) as name_rank,
        count(distinct division_id) filter (where not is_undecided) as division_count,
        min(division_id) filter (where not is_undecided) as division_id
    from narrowed
    group by document_id, printed_name
),

per_document as (
    select
        document_id,
        min(name_rank) as name_rank,
        count(distinct division_id) filter (where division_count = 1) as resolved_count,
        min(division_id) filter (where division_count = 1) as division_id,
        min(name_text) filter (where division_count = 1) as resolved_text,
        min(name_text) as any_text
    from per_name
    group by document_id
),

decided as (
    select
        document_id,
        case when resolved_count = 1 then division_id end as division_id,
        case when resolved_count = 1 then resolved_text else any_text end as division_evidence_text,
        resolved_count <> 1 as is_division_ambiguous,
        name_rank = 5 as is_province_only
    from per_document
)

select * from decided
