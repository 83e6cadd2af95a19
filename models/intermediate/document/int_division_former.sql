with texts as (
    select * from {{ ref('int_document_text') }}
),

mentions as (
    select * from {{ ref('int_division_mention') }}
    where is_full_name
),

years as (
    select * from {{ ref('int_document_year') }}
),

successions as (
    select * from {{ ref('int_division_succession') }}
),

divisions as (
    select * from {{ ref('int_division') }}
),

latest as (
    {{ latest_divisions(ref('int_division')) }}
),

name_counts as (
    select
        division_name,
        count(distinct division_code) as code_count
    from divisions
    group by division_name
),

-- a name that is no longer valid in the document's year: of the division whose superior is printed, or of the only one
former as (
    select
        texts.document_id,
        mentions.printed_name,
        successions.changed_year,
        latest.division_name as successor_name
    from texts
    inner join mentions on texts.name_text = mentions.name_text
    inner join years on texts.document_id = years.document_id
    inner join successions on mentions.printed_name = successions.division_name
    inner join divisions
        on
            successions.division_code = divisions.division_code
            and successions.changed_year = divisions.valid_to_year
    inner join name_counts on mentions.printed_name = name_counts.division_name
    inner join latest on successions.successor_code = latest.division_code
    where
        successions.changed_year < coalesce(years.fiscal_year, 9999)
        and latest.division_name <> mentions.printed_name
        and (
            name_counts.code_count = 1
            or instr(texts.name_text, divisions.prefecture_name) > 0
            or instr(texts.name_text, divisions.province_name) > 0
        )
),

distinct_names as (
    select distinct * from former
),

named as (
    select
        document_id,
        printed_name,
        changed_year,
        {{ text_in_order('successor_name', 'successor_name', "'、'") }} as successor_names
    from distinct_names
    group by document_id, printed_name, changed_year
),

last_named as (
    select
        document_id,
        printed_name as former_name,
        cast(changed_year as string) as changed_year,
        successor_names
    from named
    qualify row_number() over (partition by document_id order by changed_year desc, printed_name asc) = 1
)

select * from last_named
