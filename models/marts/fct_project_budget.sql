with projects as (
    select * from {{ ref('int_project_context') }}
    where is_current
),

budgets as (
    select * from {{ ref('int_project_budget') }}
),

forms as (
    select
        document_id,
        project_no,
        source_ref
    from {{ ref('int_corrected_project') }}
),

joined as (
    select
        projects.project_id,
        projects.document_id,
        projects.unit_id,
        projects.division_id,
        projects.division_code,
        projects.fiscal_year,
        projects.fiscal_year_start_date,
        budgets.stated_budget_cny,
        budgets.fiscal_funds_cny,
        budgets.other_funds_cny,
        budgets.budget_cny,
        budgets.budget_basis,
        coalesce(budgets.budget_source_ref, forms.source_ref) as source_ref
    from projects
    inner join budgets on projects.project_id = budgets.project_id
    inner join forms
        on
            projects.document_id = forms.document_id
            and projects.project_no = forms.project_no
)

select * from joined
