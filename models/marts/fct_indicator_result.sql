with projects as (
    select * from {{ ref('int_project_context') }}
    where is_current_result
),

kinds as (
    select * from {{ ref('int_project_kind') }}
),

printed as (
    select * from {{ ref('int_corrected_indicator') }}
),

meanings as (
    select * from {{ ref('int_indicator') }}
),

readings as (
    select * from {{ ref('int_indicator_reading') }}
),

categories as (
    select * from {{ ref('int_indicator_category') }}
),

targets as (
    select * from {{ ref('int_indicator_target') }}
),

results as (
    select
        readings.indicator_id,
        projects.project_id,
        projects.document_id,
        projects.unit_id,
        projects.division_id,
        projects.division_code,
        projects.fiscal_year,
        projects.fiscal_year_start_date,
        kinds.form_kind,
        kinds.as_of_month,
        readings.indicator_no,
        categories.category_id,
        categories.indicator_group,
        meanings.term,
        meanings.level1_text,
        meanings.level2_text,
        meanings.indicator_name,
        readings.target_text,
        readings.target_kind,
        readings.comparator,
        readings.target_value,
        readings.target_value_to,
        readings.target_unit,
        targets.target_date,
        readings.direction,
        readings.weight_points,
        readings.actual_text,
        readings.actual_value,
        readings.actual_unit,
        readings.is_met,
        readings.score_points,
        readings.deviation_text,
        printed.source_ref
    from projects
    inner join kinds on projects.project_id = kinds.project_id
    inner join readings
        on projects.document_id = readings.document_id and projects.project_no = readings.project_no
    inner join meanings on readings.indicator_id = meanings.indicator_id
    inner join categories on readings.indicator_id = categories.indicator_id
    inner join targets on readings.indicator_id = targets.indicator_id
    inner join printed
        on
            readings.document_id = printed.document_id
            and readings.project_no = printed.project_no
            and readings.indicator_no = printed.indicator_no
)

select * from results
