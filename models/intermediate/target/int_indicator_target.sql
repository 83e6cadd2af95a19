with

indicators as (
    select * from {{ ref('int_corrected_indicator') }}
),

cells as (
    select * from {{ ref('int_target_cell') }}
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
            when dates.target_date is not null then 'date'
            when options.target_text is not null then 'yes_no'
            when quantities.quantity_count > 1 then 'list'
            when quantities.target_value_to is not null then 'range'
            when quantities.quantity_count = 1 then 'number'
            when dates.date_count > 1 then 'list'
            else 'text'
        end as target_kind
    from cells
    left join dates on cells.target_text = dates.target_text
    left join options on cells.target_text = options.target_text
    left join quantities on cells.target_text = quantities.target_text
),

typed as (
    select
        {{ indicator_id('indicators') }} as indicator_id,
        indicators.document_id,
        indicators.project_no,
        indicators.indicator_no,
        indicators.target_text,
        coalesce(kinds.target_kind, 'blank') as target_kind,
        quantities.comparator,
        quantities.target_value,
        quantities.target_value_to,
        quantities.target_unit,
        quantities.target_unit_text,
        dates.target_date,
        dates.date_precision,
        coalesce(kinds.target_kind in ('number', 'range', 'date', 'list'), false) as is_quantified,
        coalesce(quantities.has_comparator_conflict, false) as has_comparator_conflict,
        coalesce(dates.has_impossible_date, false) as has_impossible_date
    from indicators
    left join kinds on indicators.target_text = kinds.target_text
    left join dates on kinds.target_text = dates.target_text
    left join quantities
        on kinds.target_text = quantities.target_text and kinds.target_kind in ('number', 'range', 'list')
)

select * from typed
