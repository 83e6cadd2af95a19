{#- What follows a town, a village, a street or an office that is merely called like a county (乡村振兴局 is none). -#}
{% set like_another = "'^([镇村街路局厅]|乡([^村]|$))'" %}

with candidates as (
    select * from {{ ref('int_division_candidate') }}
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

accepted as (
    select
        candidates.document_id,
        candidates.name_text,
        candidates.printed_name,
        candidates.division_id,
        case
            when candidates.division_level = 'county' and candidates.is_full_name then 1
            when candidates.division_level = 'county' then 2
            when candidates.division_level = 'prefecture' and candidates.is_full_name then 3
            when candidates.division_level = 'prefecture' then 4
            else 5
        end as name_rank,
        case
            when candidates.is_in_prefecture then 2
            when candidates.is_in_province then 1
            else 0
        end as agreement,
        case
            -- 邢台市桥西区 in a year without one names no other 桥西区
            when candidates.is_full_name then candidates.is_after_superior and not candidates.is_under_preceding
            -- 邢台 without 市 or 县 may be either; a common word behind its superior may be the county or the word
            else current_short_names.is_superior_name or words.short_name is not null
        end
        and candidates.division_level = 'county' as is_undecided
    from candidates
    left join words on candidates.printed_name = words.short_name
    left join current_short_names on candidates.printed_name = current_short_names.short_name
    where
        case
            -- 城区 or 易县 may be the end of another word (主城区)
            when candidates.is_full_name and words.short_name is not null then candidates.is_under_preceding
            when candidates.is_full_name then length(candidates.printed_name) > 2 or candidates.is_at_boundary
            when not candidates.is_at_boundary then false
            when words.short_name is not null
                then
                    candidates.is_under_preceding
                    and not {{ regexp_like('candidates.following_text', like_another) }}
            when candidates.division_level = 'county' and candidates.has_prefecture
                then candidates.is_in_prefecture
            when candidates.has_province then candidates.is_in_province
            -- without a superior: a name that no other has, and no town, village or street called alike
            else
                current_short_names.division_count = 1
                and not {{ regexp_like('candidates.following_text', like_another) }}
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
