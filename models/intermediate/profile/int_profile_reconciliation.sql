{#- Each check sums both sides up per county and year. The left side is what came in, the right side what went
    out. The year is the document's: one form of several may state another. -#}
{%- set unit_line = "'^(?:金额)?(?:单位)?[:：]?(?:人民币)?(元|[百千万亿]元|百万元)$'" -%}
{%- set of_current = 'inner join current_documents as place on items.document_id = place.document_id' -%}
{%- set sides = [
    {'check': 'documents', 'side': 'left', 'items': 'staged_documents', 'count': 'count(*)',
        'place': 'left join documents as place on items.document_id = place.document_id'},
    {'check': 'documents', 'side': 'right', 'items': 'documents', 'count': 'count(*)'},
    {'check': 'projects', 'side': 'left', 'items': 'staged_projects', 'count': 'count(*)', 'place': of_current},
    {'check': 'projects', 'side': 'right', 'items': 'projects', 'count': 'count(*)', 'place': of_current},
    {'check': 'budgets', 'side': 'left', 'items': 'staged_projects', 'count': 'count(*)', 'place': of_current},
    {'check': 'budgets', 'side': 'right', 'items': 'budgets', 'count': 'count(*)', 'place': of_current},
    {'check': 'plan_values', 'side': 'left', 'items': 'staged_points', 'count': 'count(items.value_text)', 'place': of_current},
    {'check': 'plan_values', 'side': 'right', 'items': 'points', 'count': 'count(items.value_text)', 'place': of_current},
    {'check': 'indicators', 'side': 'left', 'items': 'staged_indicators', 'count': 'count(*)', 'place': of_current},
    {'check': 'indicators', 'side': 'right', 'items': 'indicators', 'count': 'count(*)', 'place': of_current},
    {'check': 'target_characters', 'side': 'left', 'items': 'staged_indicators', 'count': 'sum(length(items.target_text))',
        'place': of_current},
    {'check': 'target_characters', 'side': 'right', 'items': 'indicators', 'count': 'sum(length(items.target_text))', 'place': of_current},
    {'check': 'printed_budgets', 'side': 'left', 'items': 'printed_budgets', 'count': 'count(items.printed_cny)',
        'amount': 'items.printed_cny', 'place': of_current},
    {'check': 'printed_budgets', 'side': 'right', 'items': 'printed_budgets', 'count': 'count(items.stated_budget_cny)',
        'amount': 'items.stated_budget_cny', 'place': of_current},
    {'check': 'plan_bases', 'side': 'left', 'items': 'stated_points', 'count': 'count(*)', 'amount': 'items.budget_cny'},
    {'check': 'plan_bases', 'side': 'right', 'items': 'points', 'count': 'count(*) filter (where items.is_stated)',
        'amount': 'items.base_cny'},
] -%}

with documents as (
    select * from {{ ref('dim_document') }}
),

current_documents as (
    select * from documents
    where is_current
),

staged_documents as (
    select * from {{ source('staging', 'document') }}
),

-- a project that another current document holds in its place is in staging alone
copies as (
    select project_id from {{ ref('int_project_copy') }}
    where not is_counted
),

staged_projects as (
    select * from {{ ref('int_corrected_project') }} as forms
    where {{ project_id('forms') }} not in (select copies.project_id from copies)
),

staged_points as (
    select * from {{ ref('int_corrected_plan_point') }} as plan_points
    where {{ project_id('plan_points') }} not in (select copies.project_id from copies)
),

staged_indicators as (
    select * from {{ ref('int_corrected_indicator') }} as form_rows
    where {{ project_id('form_rows') }} not in (select copies.project_id from copies)
),

manifest as (
    select * from {{ source('staging', 'manifest') }}
),

projects as (
    select * from {{ ref('dim_project') }}
),

budgets as (
    select * from {{ ref('fct_project_budget') }}
),

points as (
    select * from {{ ref('fct_spending_plan') }}
),

indicators as (
    select * from {{ ref('fct_indicator_target') }}
),

stated_points as (
    select
        budgets.document_id,
        budgets.division_code,
        budgets.fiscal_year,
        budgets.budget_cny
    from points
    inner join budgets on points.project_id = budgets.project_id
    where points.is_stated
),

-- only a plain figure under a plain unit line of its form can be worked out without the models between
printed_cells as (
    select
        staged_projects.document_id,
        {{ project_id('staged_projects') }} as project_id,
        {{ regexp_first('staged_projects.total_budget_text', "'^[0-9]{1,8}([.][0-9]{1,2})?$'") }} as figure_text,
        {{ regexp_first(without_space('staged_projects.amount_unit_text'), unit_line, 1) }} as unit_text
    from staged_projects
    left join manifest on staged_projects.document_id = manifest.document_id
    where manifest.amount_unit is null
),

printed_budgets as (
    select
        printed_cells.document_id,
        {{ plausible_money(
            "cast(printed_cells.figure_text as decimal(20, 2)) * case printed_cells.unit_text
                when '元' then 1
                when '百元' then 100
                when '千元' then 1000
                when '万元' then 10000
                when '百万元' then 1000000
                when '亿元' then 100000000
            end"
        ) }} as printed_cny,
        budgets.stated_budget_cny
    from printed_cells
    left join budgets on printed_cells.project_id = budgets.project_id
    where printed_cells.figure_text is not null and printed_cells.unit_text is not null
),

{{ reconciled(sides) }}
