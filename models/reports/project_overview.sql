{%- set parts = [
    {'zh': "nullif(year_note_zh, '')", 'en': "nullif(year_note_en, '')"},
    {
        'when': "fiscal_year_basis = 'inferred'",
        'zh': "'年度由项目编码推断'",
        'en': "'its fiscal year is inferred from project codes'",
    },
    {'when': "disclosure_status = 'draft'", 'zh': "'草案'", 'en': "'draft'"},
    {'when': 'budget_cny is null', 'zh': "'预算未知'", 'en': "'budget unknown'"},
    {
        'when': 'not has_plan',
        'zh': "concat_ws('', '本表没有分月支出计划（', family_zh, '）')",
        'en': "concat_ws('', 'no plan by month in this form (', family_en, ')')",
    },
    {
        'when': "form_family in ('self_evaluation', 'monitoring')",
        'zh': "'没有目标表，预算和目标取自结果表'",
        'en': "'no target form: budget and targets are those of the results form'",
    },
    {
        'when': 'stated_point_count < 4',
        'zh': "concat_ws('', '四个计划时点只列', stated_point_count, '个')",
        'en': "concat_ws('', 'plan points stated: ', stated_point_count, ' of 4')",
    },
] -%}

with projects as (
    select * from {{ to_read(ref('dim_project'), 'document_id') }}
),

forms as (
    select * from {{ to_read(ref('dim_form'), 'document_id') }}
),

families as (
    select * from {{ ref('form_family') }}
),

documents as (
    select * from {{ to_read(ref('int_report_document'), 'document_id') }}
),

divisions as (
    select * from {{ ref('dim_division') }}
),

units as (
    select * from {{ ref('dim_unit') }}
),

budgets as (
    select * from {{ to_read(ref('fct_project_budget'), 'document_id') }}
),

plan_points as (
    select * from {{ to_read(ref('fct_spending_plan'), 'document_id') }}
),

indicators as (
    select * from {{ to_read(ref('fct_indicator_target'), 'document_id') }}
    where term = 'annual'
),

findings as (
    select * from {{ to_read(ref('finding'), 'document_id') }}
),

plans as (
    select
        project_id,
        max(plan_basis) as plan_basis,
        count(*) filter (where is_stated) as stated_point_count,
        max(cumulative_ratio) filter (where checkpoint_month = 3) as march_cumulative_ratio,
        max(cumulative_ratio) filter (where checkpoint_month = 6) as june_cumulative_ratio,
        max(cumulative_ratio) filter (where checkpoint_month = 10) as october_cumulative_ratio,
        max(cumulative_ratio) filter (where checkpoint_month = 12) as december_cumulative_ratio
    from plan_points
    group by project_id
),

indicator_counts as (
    select
        project_id,
        count(*) as indicator_count,
        count(*) filter (where is_quantified) as quantified_count
    from indicators
    group by project_id
),

finding_counts as (
    select
        project_id,
        count(*) filter (where severity = 'error') as error_finding_count,
        count(*) filter (where severity = 'warning') as warning_finding_count,
        count(*) filter (where severity = 'information') as information_finding_count
    from findings
    where project_id is not null
    group by project_id
),

joined as (
    select
        projects.project_id,
        projects.project_key,
        projects.document_id,
        documents.county_year_id,
        projects.division_id,
        projects.division_code,
        divisions.division_name,
        divisions.prefecture_name,
        divisions.province_name,
        projects.fiscal_year,
        documents.fiscal_year_basis,
        documents.disclosure_status,
        projects.unit_id,
        units.unit_name,
        projects.form_family,
        coalesce(families.name_zh, '项目绩效目标表') as family_zh,
        coalesce(families.name_en, 'performance card') as family_en,
        forms.has_plan,
        projects.project_no,
        projects.project_code,
        projects.code_pattern,
        projects.code_year,
        projects.is_carryover,
        projects.project_name,
        projects.purpose_text,
        projects.theme,
        projects.has_personal_content,
        budgets.stated_budget_cny,
        budgets.fiscal_funds_cny,
        budgets.other_funds_cny,
        budgets.budget_cny,
        budgets.budget_basis,
        plans.plan_basis,
        -- a form without the field leaves nothing blank
        case when forms.has_plan then coalesce(plans.stated_point_count, 0) end as stated_point_count,
        plans.march_cumulative_ratio,
        plans.june_cumulative_ratio,
        plans.october_cumulative_ratio,
        plans.december_cumulative_ratio,
        coalesce(indicator_counts.indicator_count, 0) as indicator_count,
        coalesce(indicator_counts.quantified_count, 0) as quantified_count,
        {{ ratio('indicator_counts.quantified_count', 'indicator_counts.indicator_count') }} as quantified_ratio,
        coalesce(finding_counts.error_finding_count, 0) as error_finding_count,
        coalesce(finding_counts.warning_finding_count, 0) as warning_finding_count,
        coalesce(finding_counts.information_finding_count, 0) as information_finding_count,
        projects.source_ref,
        documents.source_url,
        documents.year_note_zh,
        documents.year_note_en
    from projects
    inner join forms on projects.form_id = forms.form_id
    left join families on projects.form_family = families.form_family
    inner join documents on projects.document_id = documents.document_id
    inner join divisions on projects.division_id = divisions.division_id
    inner join budgets on projects.project_id = budgets.project_id
    left join units on projects.unit_id = units.unit_id
    left join plans on projects.project_id = plans.project_id
    left join indicator_counts on projects.project_id = indicator_counts.project_id
    left join finding_counts on projects.project_id = finding_counts.project_id
),

described as (
    select
        project_id,
        project_key,
        document_id,
        county_year_id,
        division_id,
        division_code,
        division_name,
        prefecture_name,
        province_name,
        fiscal_year,
        fiscal_year_basis,
        disclosure_status,
        unit_id,
        unit_name,
        form_family,
        project_no,
        project_code,
        code_pattern,
        code_year,
        is_carryover,
        project_name,
        purpose_text,
        theme,
        has_personal_content,
        stated_budget_cny,
        fiscal_funds_cny,
        other_funds_cny,
        budget_cny,
        budget_basis,
        plan_basis,
        stated_point_count,
        march_cumulative_ratio,
        june_cumulative_ratio,
        october_cumulative_ratio,
        december_cumulative_ratio,
        indicator_count,
        quantified_count,
        quantified_ratio,
        error_finding_count,
        warning_finding_count,
        information_finding_count,
        source_ref,
        source_url,
        {{ comparability_note(parts) }} as comparability_note
    from joined
)

select * from described
