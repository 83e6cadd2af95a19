with

indicators as (
    select * from {{ to_read(ref('int_corrected_indicator')) }}
),

phrases as (
    select * from {{ to_read(ref('int_department_phrase')) }}
),

bands as (
    select * from {{ to_read(ref('int_department_band')) }}
),

results as (
    select * from {{ to_read(ref('int_indicator_column')) }}
),

-- Targets of projects, what was reached, and the phrases and bands of the department's own goals: one reading for all.
printed_texts as (
    select
        document_id,
        target_text
    from indicators
    union all
    select
        document_id,
        actual_text as target_text
    from results
    union all
    select
        document_id,
        phrase_text as target_text
    from phrases
    union all
    select
        document_id,
        band_text as target_text
    from bands
),

texts as (
    select distinct
        document_id,
        {{ target_head('target_text') }} as target_text
    from printed_texts
    where target_text is not null
)

select * from texts
