{%- set parts = [
    {
        'when': "match_basis = 'no_results'",
        'zh': "'没有对应的自评或监控表'",
        'en': "'no results form for these targets'",
    },
    {
        'when': "match_basis = 'no_target'",
        'zh': "'没有对应的绩效目标表，预算和目标取自结果表'",
        'en': "'no target form: budget and targets are those of the results form'",
    },
    {
        'when': "match_basis = 'unit_year_name'",
        'zh': "'按单位、年度和名称对应'",
        'en': "'matched by unit, year and name'",
    },
    {'when': 'as_of_month < 12', 'zh': "concat_ws('', '截至', as_of_month, '月')", 'en': "concat_ws('', 'up to month ', as_of_month)"},
    {
        'when': "form_kind = 'monitoring' and as_of_month is null",
        'zh': "'监控表没有写明月份'",
        'en': "'the month of the monitoring is not printed'",
    },
    {
        'when': "planned_budget_cny <> coalesce(initial_cny, adjusted_cny)",
        'zh': "'目标表与结果表的预算不同'",
        'en': "'the budgets of the two forms differ'",
    },
    {
        'when': 'told_count < indicator_count',
        'zh': "concat_ws('', '无法判断是否完成的指标', indicator_count - told_count, '个')",
        'en': "concat_ws('', 'indicators of which it cannot be told whether they were met: ', indicator_count - told_count)",
    },
] -%}

with pairs as (
    select * from {{ ref('int_report_pair') }}
),

contexts as (
    select * from {{ ref('int_project_context') }}
),

kinds as (
    select * from {{ ref('int_project_kind') }}
),

identities as (
    select * from {{ ref('int_project_identity') }}
),

printed as (
    select * from {{ ref('int_corrected_project') }}
),

divisions as (
    select * from {{ ref('dim_division') }}
),

budgets as (
    select * from {{ ref('fct_project_budget') }}
),

-- what a form of several months says last
executions as (
    select * from {{ ref('fct_project_execution') }}
    qualify row_number() over (partition by project_id order by as_of_month desc nulls last) = 1
),

indicators as (
    select * from {{ ref('fct_indicator_result') }}
    where term = 'annual'
),

described as (
    select
        contexts.project_id,
        contexts.document_id,
        contexts.unit_id,
        contexts.unit_name,
        contexts.division_id,
        contexts.division_code,
        contexts.fiscal_year,
        kinds.form_kind,
        kinds.as_of_month,
        identities.project_key,
        printed.project_name,
        printed.source_ref
    from contexts
    inner join kinds on contexts.project_id = kinds.project_id
    inner join identities on contexts.project_id = identities.project_id
    inner join printed
        on contexts.document_id = printed.document_id and contexts.project_no = printed.project_no
),

met as (
    select
        project_id,
        count(*) as indicator_count,
        count(is_met) as told_count,
        count(*) filter (where is_met) as met_count,
        sum(weight_points) as weight_points,
        sum(score_points) as indicator_score_points
    from indicators
    group by project_id
),

joined as (
    select
        coalesce(pairs.planned_project_id, 'none') || '/' || coalesce(pairs.result_project_id, 'none') as pair_id,
        pairs.match_basis,
        pairs.planned_project_id,
        pairs.result_project_id,
        coalesce(planned.project_key, results.project_key) as project_key,
        coalesce(planned.division_id, results.division_id) as division_id,
        coalesce(planned.division_code, results.division_code) as division_code,
        coalesce(planned.fiscal_year, results.fiscal_year) as fiscal_year,
        coalesce(planned.unit_id, results.unit_id) as unit_id,
        coalesce(planned.unit_name, results.unit_name) as unit_name,
        coalesce(planned.project_name, results.project_name) as project_name,
        results.form_kind,
        results.as_of_month,
        budgets.budget_cny as planned_budget_cny,
        executions.initial_cny,
        executions.adjusted_cny,
        executions.executed_cny,
        executions.execution_ratio,
        executions.stated_ratio,
        executions.score_points as execution_score_points,
        executions.total_score_points,
        coalesce(met.indicator_count, 0) as indicator_count,
        coalesce(met.told_count, 0) as told_count,
        coalesce(met.met_count, 0) as met_count,
        {{ ratio('met.met_count', 'met.told_count') }} as met_ratio,
        met.weight_points,
        met.indicator_score_points,
        planned.document_id as planned_document_id,
        planned.source_ref as planned_source_ref,
        results.document_id as result_document_id,
        results.source_ref as result_source_ref
    from pairs
    left join described as planned on pairs.planned_project_id = planned.project_id
    left join described as results on pairs.result_project_id = results.project_id
    left join budgets on pairs.planned_project_id = budgets.project_id
    left join executions on pairs.result_project_id = executions.project_id
    left join met on pairs.result_project_id = met.project_id
),

noted as (
    select
        joined.pair_id,
        joined.match_basis,
        joined.planned_project_id,
        joined.result_project_id,
        joined.project_key,
        joined.division_id,
        joined.division_code,
        divisions.division_name,
        joined.fiscal_year,
        joined.unit_id,
        joined.unit_name,
        joined.project_name,
        joined.form_kind,
        joined.as_of_month,
        joined.planned_budget_cny,
        joined.initial_cny,
        joined.adjusted_cny,
        joined.executed_cny,
        joined.execution_ratio,
        joined.stated_ratio,
        joined.execution_score_points,
        joined.total_score_points,
        joined.indicator_count,
        joined.told_count,
        joined.met_count,
        joined.met_ratio,
        cast(joined.weight_points as decimal(18, 4)) as weight_points,
        cast(joined.indicator_score_points as decimal(18, 4)) as indicator_score_points,
        joined.planned_document_id,
        joined.planned_source_ref,
        joined.result_document_id,
        joined.result_source_ref,
        {{ comparability_note(parts) }} as comparability_note
    from joined
    inner join divisions on joined.division_id = divisions.division_id
)

select * from noted
