with details as (
    select * from {{ ref('int_indicator_detail') }}
),

projects as (
    select * from {{ ref('int_project_context') }}
    where is_current
),

current_indicators as (
    select
        details.indicator_id,
        projects.project_id,
        projects.document_id,
        projects.unit_id,
        projects.division_id,
        projects.division_code,
        projects.fiscal_year,
        projects.fiscal_year_start_date,
        details.indicator_no,
        details.category_id,
        details.indicator_group,
        details.term,
        details.level1_text,
        details.level2_text,
        details.indicator_name,
        details.description_text,
        details.target_text,
        details.target_kind,
        details.comparator,
        details.comparator_basis,
        details.target_value,
        details.target_value_to,
        details.target_unit,
        details.target_unit_text,
        details.unit_basis,
        details.target_date,
        details.date_precision,
        details.is_quantified,
        details.direction,
        details.weight_points,
        details.basis_text,
        details.source_ref
    from details
    inner join projects on details.document_id = projects.document_id and details.project_no = projects.project_no
)

select * from current_indicators
