with projects as (
    select * from {{ ref('int_project_context') }}
    where is_current
),

funds as (
    select * from {{ ref('int_project_fund') }}
),

-- of several months the last: fct_project_execution has them all
latest as (
    select * from funds
    qualify row_number() over (
        partition by project_id, fund_class, term, measure order by coalesce(as_of_month, 12) desc
    ) = 1
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
        latest.fund_class,
        latest.term,
        latest.measure,
        latest.amount_cny,
        latest.is_leaf,
        latest.source_ref
    from projects
    inner join latest on projects.project_id = latest.project_id
)

select * from joined
