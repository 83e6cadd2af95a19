with budgets as (
    select * from {{ ref('fct_project_budget') }}
),

points as (
    select * from {{ ref('fct_spending_plan') }}
),

findings as (
    select * from {{ ref('finding') }}
),

documents as (
    select * from {{ ref('dim_document') }}
),

amounts as (
    {% for column in ['stated_budget_cny', 'fiscal_funds_cny', 'other_funds_cny', 'budget_cny'] %}
        {{ 'union all' if not loop.first }}
        select
            'fct_project_budget' as table_name,
            '{{ column }}' as column_name,
            cast(null as integer) as checkpoint_month,
            division_code,
            fiscal_year,
            {{ column }} as amount_cny,
            budget_cny as base_cny
        from budgets
    {% endfor %}
    {% for column in ['cumulative_cny', 'period_cny'] %}
        union all
        select
            'fct_spending_plan' as table_name,
            '{{ column }}' as column_name,
            checkpoint_month,
            division_code,
            fiscal_year,
            {{ column }} as amount_cny,
            base_cny
        from points
    {% endfor %}
    union all
    select
        'finding' as table_name,
        'amount_at_stake_cny' as column_name,
        cast(null as integer) as checkpoint_month,
        documents.division_code,
        documents.fiscal_year,
        findings.amount_at_stake_cny as amount_cny,
        cast(null as decimal(18, 2)) as base_cny
    from findings
    left join documents on findings.document_id = documents.document_id
),

summed as (
    select
        table_name,
        column_name,
        checkpoint_month,
        division_code,
        fiscal_year,
        count(*) as row_count,
        count(amount_cny) as stated_count,
        cast(sum(cast(amount_cny as decimal(38, 2))) as decimal(38, 2)) as amount_cny,
        min(amount_cny) as smallest_cny,
        max(amount_cny) as largest_cny,
        cast(sum(cast(base_cny as decimal(38, 2))) filter (where amount_cny is not null) as decimal(38, 2)) as base_cny
    from amounts
    group by table_name, column_name, checkpoint_month, division_code, fiscal_year
)

select * from summed
