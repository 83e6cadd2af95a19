with projects as (
    select * from {{ ref('int_project_context') }}
    where is_current_result
),

kinds as (
    select * from {{ ref('int_project_kind') }}
),

details as (
    select * from {{ ref('int_indicator_detail') }}
),

results as (
    select
        details.indicator_id,
        projects.project_id,
        projects.document_id,
        projects.unit_id,
        projects.division_id,
        projects.division_code,
        projects.fiscal_year,
        projects.fiscal_year_start_date,
        kinds.form_kind,
        kinds.as_of_month,
        details.indicator_no,
        details.category_id,
        details.indicator_group,
        details.term,
        details.level1_text,
        details.level2_text,
        details.indicator_name,
        details.target_text,
        details.target_kind,
        details.comparator,
        details.target_value,
        details.target_value_to,
        details.target_unit,
        details.target_date,
        details.direction,
        details.weight_points,
        details.actual_text,
        details.actual_value,
        details.actual_unit,
        details.is_met,
        details.score_points,
        details.deviation_text,
        details.source_ref
    from projects
    inner join kinds on projects.project_id = kinds.project_id
    inner join details
        on projects.document_id = details.document_id and projects.project_no = details.project_no
)

select * from results
