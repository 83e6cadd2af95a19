with

indicators as (
    select * from {{ ref('int_corrected_indicator') }}
),

projects as (
    select * from {{ ref('int_project_context') }}
),

categories as (
    select * from {{ ref('int_indicator_category') }}
),

meanings as (
    select * from {{ ref('int_indicator') }}
),

readings as (
    select * from {{ ref('int_indicator_reading') }}
),

targets as (
    select * from {{ ref('int_indicator_target') }}
),

current_indicators as (
    select
        targets.indicator_id,
        projects.project_id,
        projects.document_id,
        projects.unit_id,
        projects.division_id,
        projects.division_code,
        projects.fiscal_year,
        projects.fiscal_year_start_date,
        indicators.indicator_no,
        categories.category_id,
        categories.indicator_group,
        meanings.term,
        meanings.level1_text,
        meanings.level2_text,
        meanings.indicator_name,
        indicators.description_text,
        indicators.target_text,
        targets.target_kind,
        readings.comparator,
        readings.comparator_basis,
        targets.target_value,
        targets.target_value_to,
        readings.target_unit,
        readings.target_unit_text,
        readings.unit_basis,
        targets.target_date,
        targets.date_precision,
        targets.is_quantified,
        readings.direction,
        readings.weight_points,
        indicators.basis_text,
        indicators.source_ref
    from indicators
    inner join projects
        on indicators.document_id = projects.document_id and indicators.project_no = projects.project_no
    inner join targets
        on
            indicators.document_id = targets.document_id
            and indicators.project_no = targets.project_no
            and indicators.indicator_no = targets.indicator_no
    inner join categories on targets.indicator_id = categories.indicator_id
    inner join meanings on targets.indicator_id = meanings.indicator_id
    inner join readings on targets.indicator_id = readings.indicator_id
    where projects.is_current
)

select * from current_indicators
