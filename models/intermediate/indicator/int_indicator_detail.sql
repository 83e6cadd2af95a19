with printed as (
    select * from {{ to_read(ref('int_corrected_indicator')) }}
),

targets as (
    select * from {{ to_read(ref('int_indicator_target')) }}
),

categories as (
    select * from {{ to_read(ref('int_indicator_category')) }}
),

meanings as (
    select * from {{ to_read(ref('int_indicator')) }}
),

readings as (
    select * from {{ to_read(ref('int_indicator_reading')) }}
),

joined as (
    select
        readings.indicator_id,
        readings.document_id,
        readings.project_no,
        readings.indicator_no,
        categories.category_id,
        categories.indicator_group,
        meanings.term,
        meanings.level1_text,
        meanings.level2_text,
        meanings.indicator_name,
        printed.description_text,
        readings.target_text,
        readings.target_kind,
        readings.comparator,
        readings.comparator_basis,
        readings.target_value,
        readings.target_value_to,
        readings.target_unit,
        readings.target_unit_text,
        readings.unit_basis,
        targets.target_date,
        targets.date_precision,
        targets.is_quantified,
        readings.direction,
        readings.weight_points,
        readings.actual_text,
        readings.actual_value,
        readings.actual_unit,
        readings.is_met,
        readings.score_points,
        readings.deviation_text,
        printed.basis_text,
        printed.source_ref
    from readings
    inner join targets on readings.indicator_id = targets.indicator_id
    inner join categories on readings.indicator_id = categories.indicator_id
    inner join meanings on readings.indicator_id = meanings.indicator_id
    inner join printed
        on
            readings.document_id = printed.document_id
            and readings.project_no = printed.project_no
            and readings.indicator_no = printed.indicator_no
)

select * from joined
