with

indicators as (
    select * from {{ to_read(ref('int_corrected_indicator')) }}
),

years as (
    select * from {{ ref('int_document_year') }}
),

-- what these indicators print: of many documents, of which a part is read, it is a part of all texts
heads as (
    select distinct {{ target_head('target_text') }} as target_text
    from indicators
),

cells as (
    select cells.*
    from {{ ref('int_target_cell') }} as cells
    inner join heads on cells.target_text = heads.target_text
),

dates as (
    select * from {{ ref('int_target_date') }}
),

options as (
    select * from {{ ref('int_target_option') }}
),

quantities as (
    select * from {{ ref('int_target_quantity') }}
),

kinds as (
    select
        cells.target_text,
        case
            when cells.is_blank then 'blank'
            -- what behind the part that is read may change one quantity or date, but not several
            when cells.is_long
                then
                    case when quantities.quantity_count > 1 or dates.date_count > 1 then 'list' else 'text' end
            -- without a year it is one where the document's is known: decided there
            when dates.target_date is not null or dates.is_year_missing then 'date'
            when options.target_text is not null then 'yes_no'
            when quantities.has_unread_part then 'text'
            when quantities.quantity_count > 1 then 'list'
            when quantities.target_value_to is not null then 'range'
            when quantities.quantity_count = 1 then 'number'
            when dates.date_count > 1 then 'list'
            else 'text'
        end as target_kind,
        coalesce(quantities.has_unread_part, false) as has_unread_part
    from cells
    left join dates on cells.target_text = dates.target_text
    left join options on cells.target_text = options.target_text
    left join quantities on cells.target_text = quantities.target_text
),

-- the last day of the printed period in the fiscal year; a day that the year does not have is none
dated as (
    select
        indicators.*,
        kinds.target_text as kind_text,
        kinds.target_kind,
        coalesce(kinds.has_unread_part and kinds.target_kind = 'text', false) as has_unread_part,
        dates.date_precision,
        coalesce(dates.is_year_missing, false) as is_year_missing,
        coalesce(dates.has_impossible_date, false) as has_impossible_date,
        case
            when kinds.target_kind <> 'date' then null
            when not dates.is_year_missing then dates.target_date
            when dates.month_number is not null
                then {{ last_day_of(date_of('years.fiscal_year', 'dates.month_number', '1')) }}
        end as last_day,
        dates.day_number
    from indicators
    left join years on indicators.document_id = years.document_id
    left join kinds on {{ target_head('indicators.target_text') }} = kinds.target_text
    left join dates on kinds.target_text = dates.target_text
),

decided as (
    select
        *,
        case
            when day_number is null then last_day
            when day_number <= extract(day from last_day)
                then {{ date_of('extract(year from last_day)', 'extract(month from last_day)', 'day_number') }}
        end as target_date
    from dated
),

typed as (
    select
        {{ indicator_id('decided') }} as indicator_id,
        decided.document_id,
        decided.project_no,
        decided.indicator_no,
        decided.target_text,
        case
            when decided.target_kind = 'date' and decided.target_date is null then 'text'
            else coalesce(decided.target_kind, 'blank')
        end as target_kind,
        quantities.comparator,
        quantities.target_value,
        quantities.target_value_to,
        quantities.target_unit,
        quantities.target_unit_text,
        cast(decided.target_date as date) as target_date,
        case when decided.target_date is not null then decided.date_precision end as date_precision,
        coalesce(
            decided.target_kind in ('number', 'range', 'list') or decided.target_date is not null, false
        ) as is_quantified,
        decided.has_unread_part,
        decided.has_impossible_date
        or (decided.last_day is not null and decided.target_date is null) as has_impossible_date
    from decided
    left join quantities
        on decided.kind_text = quantities.target_text and decided.target_kind in ('number', 'range', 'list')
)

select * from typed
