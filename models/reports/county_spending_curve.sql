{%- set parts = [
    {'zh': 'note_zh', 'en': 'note_en'},
    {
        'when': 'unstated_project_count > 0',
        'zh': "concat_ws('', '未列本时点的项目', "
            ~ projects_with_money('unstated_project_count', 'unstated_budget_cny', 'zh') ~ ", '，不在比例之内')",
        'en': "concat_ws('', 'projects that do not state this checkpoint, left out of the shares: ', "
            ~ projects_with_money('unstated_project_count', 'unstated_budget_cny', 'en') ~ ")",
    },
    {
        'when': 'stated_project_count > cumulative_project_count',
        'zh': "concat_ws('', '列有数字但金额未知的项目', stated_project_count - cumulative_project_count, '个')",
        'en': "concat_ws('', 'projects that state a figure whose money is unknown: ', "
            ~ "stated_project_count - cumulative_project_count)",
    },
] -%}

with counties as (
    select * from {{ ref('int_report_county_year') }}
),

checkpoints as (
    select * from {{ ref('dim_checkpoint') }}
),

documents as (
    select * from {{ ref('int_report_document') }}
),

budgets as (
    select * from {{ ref('fct_project_budget') }}
),

plan_points as (
    select * from {{ ref('fct_spending_plan') }}
),

projects as (
    select * from {{ ref('dim_project') }}
),

-- a form without a plan by month leaves nothing out
forms as (
    select * from {{ ref('dim_form') }}
    where has_plan
),

point_sums as (
    select
        documents.county_year_id,
        plan_points.checkpoint_month,
        count(*) as project_count,
        count(*) filter (where plan_points.is_stated) as stated_project_count,
        count(*) filter (where not plan_points.is_stated) as unstated_project_count,
        sum(budgets.budget_cny) filter (where not plan_points.is_stated) as unstated_budget_cny,
        count(plan_points.cumulative_cny) as cumulative_project_count,
        sum(plan_points.cumulative_cny) as cumulative_cny,
        sum(plan_points.base_cny) as base_cny,
        count(plan_points.cumulative_ratio) as cumulative_ratio_project_count,
        {{ mean_ratio('plan_points.cumulative_ratio') }} as unweighted_cumulative_ratio,
        count(plan_points.period_cny) as period_project_count,
        sum(plan_points.period_cny) as period_cny,
        sum(plan_points.base_cny) filter (where plan_points.period_cny is not null) as period_base_cny,
        count(plan_points.period_ratio) as period_ratio_project_count,
        {{ mean_ratio('plan_points.period_ratio') }} as unweighted_period_ratio
    from plan_points
    inner join projects on plan_points.project_id = projects.project_id
    inner join forms on projects.form_id = forms.form_id
    inner join documents on plan_points.document_id = documents.document_id
    inner join budgets on plan_points.project_id = budgets.project_id
    group by documents.county_year_id, plan_points.checkpoint_month
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
        counties.note_zh,
        counties.note_en,
        checkpoints.checkpoint_month,
        checkpoints.checkpoint_name,
        checkpoints.checkpoint_name_en,
        point_sums.unstated_budget_cny,
        point_sums.cumulative_cny,
        point_sums.base_cny,
        point_sums.unweighted_cumulative_ratio,
        point_sums.period_cny,
        point_sums.period_base_cny,
        point_sums.unweighted_period_ratio,
        coalesce(point_sums.project_count, 0) as project_count,
        coalesce(point_sums.stated_project_count, 0) as stated_project_count,
        coalesce(point_sums.unstated_project_count, 0) as unstated_project_count,
        coalesce(point_sums.cumulative_project_count, 0) as cumulative_project_count,
        coalesce(point_sums.cumulative_ratio_project_count, 0) as cumulative_ratio_project_count,
        coalesce(point_sums.period_project_count, 0) as period_project_count,
        coalesce(point_sums.period_ratio_project_count, 0) as period_ratio_project_count
    from counties
    cross join checkpoints
    left join point_sums
        on
            counties.county_year_id = point_sums.county_year_id
            and checkpoints.checkpoint_month = point_sums.checkpoint_month
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
        checkpoint_month,
        checkpoint_name,
        checkpoint_name_en,
        project_count,
        stated_project_count,
        unstated_project_count,
        {{ money_sum('unstated_budget_cny') }} as unstated_budget_cny,
        cumulative_project_count,
        {{ money_sum('cumulative_cny') }} as cumulative_cny,
        {{ money_sum('base_cny') }} as base_cny,
        {{ ratio('cumulative_cny', 'base_cny') }} as weighted_cumulative_ratio,
        cumulative_ratio_project_count,
        unweighted_cumulative_ratio,
        period_project_count,
        {{ money_sum('period_cny') }} as period_cny,
        {{ money_sum('period_base_cny') }} as period_base_cny,
        {{ ratio('period_cny', 'period_base_cny') }} as weighted_period_ratio,
        period_ratio_project_count,
        unweighted_period_ratio,
        {{ comparability_note(parts) }} as comparability_note
    from joined
)

select * from described
