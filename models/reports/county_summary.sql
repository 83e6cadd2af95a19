{%- set parts = [
    {'zh': 'note_zh', 'en': 'note_en'},
    {
        'when': 'no_budget_project_count > 0',
        'zh': "concat_ws('', '预算未知的项目', no_budget_project_count, '个，未计入金额')",
        'en': "concat_ws('', 'projects without a known budget, not in the money: ', no_budget_project_count)",
    },
    {
        'when': 'incomplete_plan_project_count > 0',
        'zh': "concat_ws('', '未列全四个计划时点的项目', "
            ~ projects_with_money('incomplete_plan_project_count', 'incomplete_plan_budget_cny', 'zh') ~ ")",
        'en': "concat_ws('', 'projects without all four plan points: ', "
            ~ projects_with_money('incomplete_plan_project_count', 'incomplete_plan_budget_cny', 'en') ~ ")",
    },
] -%}

with counties as (
    select * from {{ ref('int_report_county_year') }}
),

projects as (
    select * from {{ ref('project_overview') }}
),

documents as (
    select * from {{ ref('int_report_document') }}
),

findings as (
    select * from {{ ref('finding') }}
),

project_sums as (
    select
        county_year_id,
        count(*) as project_count,
        count(*) filter (where budget_cny is null) as no_budget_project_count,
        count(stated_budget_cny) as stated_budget_project_count,
        count(*) filter (where other_funds_cny is null) as other_funds_unknown_project_count,
        sum(budget_cny) as budget_cny,
        sum(stated_budget_cny) as stated_budget_cny,
        sum(fiscal_funds_cny) as fiscal_funds_cny,
        sum(other_funds_cny) as other_funds_cny,
        max(budget_cny) as largest_budget_cny,
        count(*) filter (where is_carryover) as carry_over_project_count,
        count(*) filter (where is_carryover is null) as carry_over_unknown_project_count,
        sum(budget_cny) filter (where is_carryover) as carry_over_budget_cny,
        count(*) filter (where stated_point_count < 4) as incomplete_plan_project_count,
        sum(budget_cny) filter (where stated_point_count < 4) as incomplete_plan_budget_cny,
        sum(indicator_count) as indicator_count,
        sum(quantified_count) as quantified_count,
        count(quantified_ratio) as indicator_project_count,
        {{ mean_ratio('quantified_ratio') }} as unweighted_quantified_ratio,
        count(*) filter (where error_finding_count > 0) as error_project_count,
        sum(budget_cny) filter (where error_finding_count > 0) as error_budget_cny
    from projects
    group by county_year_id
),

-- the findings of a document itself belong to no project, but to its county
finding_counts as (
    select
        documents.county_year_id,
        count(*) filter (where findings.severity = 'error') as error_finding_count,
        count(*) filter (where findings.severity = 'warning') as warning_finding_count,
        count(*) filter (where findings.severity = 'information') as information_finding_count
    from findings
    inner join documents on findings.document_id = documents.document_id
    group by documents.county_year_id
),

joined as (
    select
        counties.county_year_id,
        counties.division_id,
        counties.division_code,
        counties.division_name,
        counties.prefecture_name,
        counties.province_name,
        counties.fiscal_year,
        counties.document_count,
        counties.draft_document_count,
        counties.inferred_year_document_count,
        counties.note_zh,
        counties.note_en,
        project_sums.budget_cny,
        project_sums.stated_budget_cny,
        project_sums.fiscal_funds_cny,
        project_sums.other_funds_cny,
        project_sums.largest_budget_cny,
        project_sums.carry_over_budget_cny,
        project_sums.incomplete_plan_budget_cny,
        project_sums.unweighted_quantified_ratio,
        project_sums.error_budget_cny,
        {% for name in [
            'project_count', 'no_budget_project_count', 'stated_budget_project_count',
            'other_funds_unknown_project_count', 'carry_over_project_count', 'carry_over_unknown_project_count',
            'incomplete_plan_project_count', 'indicator_project_count', 'error_project_count',
            'indicator_count', 'quantified_count',
        ] -%}
            coalesce(project_sums.{{ name }}, 0) as {{ name }},
        {% endfor -%}
        coalesce(finding_counts.error_finding_count, 0) as error_finding_count,
        coalesce(finding_counts.warning_finding_count, 0) as warning_finding_count,
        coalesce(finding_counts.information_finding_count, 0) as information_finding_count
    from counties
    left join project_sums on counties.county_year_id = project_sums.county_year_id
    left join finding_counts on counties.county_year_id = finding_counts.county_year_id
),

described as (
    select
        county_year_id,
        division_id,
        division_code,
        division_name,
        prefecture_name,
        province_name,
        fiscal_year,
        document_count,
        draft_document_count,
        inferred_year_document_count,
        project_count,
        {{ money_sum('budget_cny') }} as budget_cny,
        {{ money_sum('stated_budget_cny') }} as stated_budget_cny,
        {{ money_sum('fiscal_funds_cny') }} as fiscal_funds_cny,
        {{ money_sum('other_funds_cny') }} as other_funds_cny,
        stated_budget_project_count,
        no_budget_project_count,
        other_funds_unknown_project_count,
        largest_budget_cny,
        {{ ratio('largest_budget_cny', 'budget_cny') }} as largest_budget_ratio,
        carry_over_project_count,
        carry_over_unknown_project_count,
        {{ money_sum('carry_over_budget_cny') }} as carry_over_budget_cny,
        {{ ratio('carry_over_budget_cny', 'budget_cny') }} as carry_over_budget_ratio,
        incomplete_plan_project_count,
        {{ money_sum('incomplete_plan_budget_cny') }} as incomplete_plan_budget_cny,
        cast(indicator_count as bigint) as indicator_count,
        cast(quantified_count as bigint) as quantified_count,
        indicator_project_count,
        {{ ratio('quantified_count', 'indicator_count') }} as weighted_quantified_ratio,
        unweighted_quantified_ratio,
        error_finding_count,
        warning_finding_count,
        information_finding_count,
        error_project_count,
        {{ money_sum('error_budget_cny') }} as error_budget_cny,
        {{ comparability_note(parts) }} as comparability_note
    from joined
)

select * from described
