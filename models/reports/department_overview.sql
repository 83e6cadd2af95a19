{%- set parts = [
    {'zh': "nullif(year_note_zh, '')", 'en': "nullif(year_note_en, '')"},
    {
        'when': "fiscal_year_basis = 'inferred'",
        'zh': "'年度由项目编码推断'",
        'en': "'its fiscal year is inferred from project codes'",
    },
    {'when': "disclosure_status = 'draft'", 'zh': "'草案'", 'en': "'draft'"},
    {'when': 'goal_count = 0', 'zh': "'没有第一部分'", 'en': "'no part one'"},
    {
        'when': 'goal_count > 0 and itemised_goal_count = 0',
        'zh': "'没有分项绩效目标，未与项目比较'",
        'en': "'no itemised goals to compare projects with'",
    },
    {
        'when': 'itemised_goal_count > distinct_itemised_goal_count',
        'zh': "concat_ws('', '分项目标重复', itemised_goal_count - distinct_itemised_goal_count, '条，各计一次')",
        'en': "concat_ws('', 'itemised goals printed again, counted once: ', itemised_goal_count - distinct_itemised_goal_count)",
    },
    {
        'when': 'compared_goal_count < distinct_itemised_goal_count',
        'zh': "concat_ws('', '只有前', compared_goal_count, '条分项目标与项目比较')",
        'en': "concat_ws('', 'itemised goals compared with projects: the first ', compared_goal_count)",
    },
    {
        'when': 'no_budget_project_count > 0',
        'zh': "concat_ws('', '预算未知的项目', no_budget_project_count, '个，未计入金额')",
        'en': "concat_ws('', 'projects without a known budget, not in the money: ', no_budget_project_count)",
    },
] -%}

with documents as (
    select * from {{ ref('int_report_document') }}
),

document_units as (
    select
        document_id,
        unit_id
    from {{ ref('dim_document') }}
),

units as (
    select * from {{ ref('dim_unit') }}
),

divisions as (
    select * from {{ ref('dim_division') }}
),

checks as (
    select
        *,
        section_type = 'itemised_goals' and not is_copy as is_distinct
    from {{ ref('int_department_goal_check') }}
),

budgets as (
    select * from {{ ref('fct_project_budget') }}
),

alignments as (
    select * from {{ ref('department_alignment') }}
),

goal_counts as (
    select
        document_id,
        count(*) as goal_count,
        count(*) filter (where section_type = 'overall_goals') as overall_goal_count,
        count(*) filter (where section_type = 'itemised_goals') as itemised_goal_count,
        count(*) filter (where section_type = 'safeguards') as safeguard_count,
        count(*) filter (where is_repeated) as repeated_goal_count,
        count(*) filter (where is_distinct) as distinct_itemised_goal_count,
        count(*) filter (where is_distinct and has_indicator) as indicator_goal_count,
        count(*) filter (where is_distinct and is_measurable) as measurable_goal_count,
        count(*) filter (where is_distinct and is_graded) as graded_goal_count,
        sum(target_count) as target_count
    from checks
    group by document_id
),

aligned_projects as (
    select
        project_id,
        bool_or(is_alike) as is_alike
    from alignments
    group by project_id
),

aligned_goals as (
    select
        document_id,
        department_goal_id,
        bool_or(is_alike) as is_alike
    from alignments
    group by document_id, department_goal_id
),

project_sums as (
    select
        budgets.document_id,
        count(*) as project_count,
        count(*) filter (where budgets.budget_cny is null) as no_budget_project_count,
        sum(budgets.budget_cny) as budget_cny,
        count(*) filter (where not aligned_projects.is_alike) as unaligned_project_count,
        sum(budgets.budget_cny) filter (where not aligned_projects.is_alike) as unaligned_budget_cny
    from budgets
    left join aligned_projects on budgets.project_id = aligned_projects.project_id
    group by budgets.document_id
),

goal_sums as (
    select
        document_id,
        count(*) as compared_goal_count,
        count(*) filter (where not is_alike) as unserved_goal_count
    from aligned_goals
    group by document_id
),

joined as (
    select
        documents.*,
        document_units.unit_id,
        units.unit_name,
        divisions.division_name,
        divisions.prefecture_name,
        divisions.province_name,
        {% for name in [
            'goal_count', 'overall_goal_count', 'itemised_goal_count', 'safeguard_count', 'repeated_goal_count',
            'distinct_itemised_goal_count', 'indicator_goal_count', 'measurable_goal_count', 'graded_goal_count'
        ] -%}
            coalesce(goal_counts.{{ name }}, 0) as {{ name }},
        {% endfor -%}
        cast(coalesce(goal_counts.target_count, 0) as bigint) as target_count,
        coalesce(project_sums.project_count, 0) as project_count,
        coalesce(project_sums.no_budget_project_count, 0) as no_budget_project_count,
        project_sums.budget_cny,
        project_sums.unaligned_budget_cny,
        goal_sums.compared_goal_count,
        goal_sums.unserved_goal_count,
        case when goal_sums.document_id is not null then project_sums.unaligned_project_count end
            as unaligned_project_count
    from documents
    inner join document_units on documents.document_id = document_units.document_id
    inner join divisions on documents.division_id = divisions.division_id
    left join units on document_units.unit_id = units.unit_id
    left join goal_counts on documents.document_id = goal_counts.document_id
    left join project_sums on documents.document_id = project_sums.document_id
    left join goal_sums on documents.document_id = goal_sums.document_id
),

described as (
    select
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
        goal_count,
        overall_goal_count,
        itemised_goal_count,
        safeguard_count,
        repeated_goal_count,
        distinct_itemised_goal_count,
        indicator_goal_count,
        measurable_goal_count,
        {{ ratio('measurable_goal_count', 'distinct_itemised_goal_count') }} as measurable_ratio,
        graded_goal_count,
        target_count,
        project_count,
        {{ money_sum('budget_cny') }} as budget_cny,
        unaligned_project_count,
        {{ money_sum('unaligned_budget_cny') }} as unaligned_budget_cny,
        {{ ratio('unaligned_budget_cny', 'budget_cny') }} as unaligned_budget_ratio,
        unserved_goal_count,
        source_url,
        {{ comparability_note(parts) }} as comparability_note
    from joined
)

select * from described
