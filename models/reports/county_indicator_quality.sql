{%- set parts = [
    {'zh': 'note_zh', 'en': 'note_en'},
    {
        'when': "missing_project_count > 0 and indicator_group <> 'unknown'",
        'zh': "concat_ws('', '没有该组指标的项目', "
            ~ projects_with_money('missing_project_count', 'missing_budget_cny', 'zh') ~ ")",
        'en': "concat_ws('', 'projects without an indicator of this group: ', "
            ~ projects_with_money('missing_project_count', 'missing_budget_cny', 'en') ~ ")",
    },
    {
        'when': 'indicator_count > 0',
        'zh': "'指标数按行计，各项目的指标和计量单位不同，不代表绩效高低'",
        'en': "'indicators are counted by row, differ in subject and unit, and say nothing of how high a target is'",
    },
] -%}

with counties as (
    select * from {{ ref('int_report_county_year') }}
),

categories as (
    select * from {{ ref('dim_indicator_category') }}
),

projects as (
    select * from {{ ref('project_overview') }}
),

indicators as (
    select * from {{ ref('fct_indicator_target') }}
),

findings as (
    select * from {{ ref('finding') }}
    where indicator_no is not null
),

indicator_groups as (
    select distinct indicator_group
    from categories
),

-- every project and group, so that a project without an indicator of a group is counted as such
project_groups as (
    select
        projects.county_year_id,
        projects.project_id,
        projects.budget_cny,
        indicator_groups.indicator_group
    from projects
    cross join indicator_groups
),

indicator_counts as (
    select
        project_id,
        indicator_group,
        count(*) as indicator_count,
        count(*) filter (where is_quantified) as quantified_count,
        count(*) filter (where target_kind = 'number') as number_target_count,
        count(*) filter (where target_kind = 'range') as range_target_count,
        count(*) filter (where target_kind = 'date') as date_target_count,
        count(*) filter (where target_kind = 'list') as list_target_count,
        count(*) filter (where target_kind = 'yes_no') as yes_no_target_count,
        count(*) filter (where target_kind = 'text') as text_target_count,
        count(*) filter (where target_kind = 'blank') as blank_target_count
    from indicators
    where term = 'annual'
    group by project_id, indicator_group
),

finding_counts as (
    select
        indicators.project_id,
        indicators.indicator_group,
        count(*) filter (where findings.severity = 'error') as error_finding_count,
        count(*) filter (where findings.severity = 'warning') as warning_finding_count,
        count(*) filter (where findings.severity = 'information') as information_finding_count
    from findings
    inner join indicators
        on
            findings.project_id = indicators.project_id
            and findings.indicator_no = indicators.indicator_no
    group by indicators.project_id, indicators.indicator_group
),

counted as (
    select
        project_groups.county_year_id,
        project_groups.indicator_group,
        project_groups.project_id,
        project_groups.budget_cny,
        {{ ratio('indicator_counts.quantified_count', 'indicator_counts.indicator_count') }} as quantified_ratio,
        indicator_counts.indicator_count,
        indicator_counts.quantified_count,
        indicator_counts.number_target_count,
        indicator_counts.range_target_count,
        indicator_counts.date_target_count,
        indicator_counts.list_target_count,
        indicator_counts.yes_no_target_count,
        indicator_counts.text_target_count,
        indicator_counts.blank_target_count,
        finding_counts.error_finding_count,
        finding_counts.warning_finding_count,
        finding_counts.information_finding_count
    from project_groups
    left join indicator_counts
        on
            project_groups.project_id = indicator_counts.project_id
            and project_groups.indicator_group = indicator_counts.indicator_group
    left join finding_counts
        on
            project_groups.project_id = finding_counts.project_id
            and project_groups.indicator_group = finding_counts.indicator_group
),

group_sums as (
    select
        county_year_id,
        indicator_group,
        count(*) as project_count,
        count(indicator_count) as indicator_project_count,
        count(*) filter (where indicator_count is null) as missing_project_count,
        sum(budget_cny) filter (where indicator_count is null) as missing_budget_cny,
        {{ mean_ratio('quantified_ratio') }} as unweighted_quantified_ratio,
        sum(indicator_count) as indicator_count,
        sum(quantified_count) as quantified_count,
        sum(number_target_count) as number_target_count,
        sum(range_target_count) as range_target_count,
        sum(date_target_count) as date_target_count,
        sum(list_target_count) as list_target_count,
        sum(yes_no_target_count) as yes_no_target_count,
        sum(text_target_count) as text_target_count,
        sum(blank_target_count) as blank_target_count,
        sum(error_finding_count) as error_finding_count,
        sum(warning_finding_count) as warning_finding_count,
        sum(information_finding_count) as information_finding_count
    from counted
    group by county_year_id, indicator_group
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
        indicator_groups.indicator_group,
        group_sums.missing_budget_cny,
        group_sums.unweighted_quantified_ratio
        {% for name in [
            'project_count', 'indicator_project_count', 'missing_project_count', 'indicator_count', 'quantified_count',
            'number_target_count', 'range_target_count', 'date_target_count', 'list_target_count',
            'yes_no_target_count', 'text_target_count', 'blank_target_count', 'error_finding_count',
            'warning_finding_count', 'information_finding_count',
        ] -%}
            , cast(coalesce(group_sums.{{ name }}, 0) as bigint) as {{ name }}
        {%- endfor %}
    from counties
    cross join indicator_groups
    left join group_sums
        on
            counties.county_year_id = group_sums.county_year_id
            and indicator_groups.indicator_group = group_sums.indicator_group
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
        indicator_group,
        project_count,
        indicator_project_count,
        missing_project_count,
        {{ money_sum('missing_budget_cny') }} as missing_budget_cny,
        indicator_count,
        quantified_count,
        {{ ratio('quantified_count', 'indicator_count') }} as weighted_quantified_ratio,
        unweighted_quantified_ratio,
        number_target_count,
        range_target_count,
        date_target_count,
        list_target_count,
        yes_no_target_count,
        text_target_count,
        blank_target_count,
        error_finding_count,
        warning_finding_count,
        information_finding_count,
        {{ comparability_note(parts) }} as comparability_note
    from joined
)

select * from described
