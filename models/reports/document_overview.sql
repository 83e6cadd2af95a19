{%- set parts = [
    {'zh': "nullif(year_note_zh, '')", 'en': "nullif(year_note_en, '')"},
    {
        'when': 'not is_current',
        'zh': "'已被另一版本取代，项目和金额不计入'",
        'en': "'superseded by another version: its projects and money count nowhere'",
    },
    {
        'when': "fiscal_year_basis = 'inferred'",
        'zh': "'年度由项目编码推断'",
        'en': "'its fiscal year is inferred from project codes'",
    },
    {'when': "disclosure_status = 'draft'", 'zh': "'草案'", 'en': "'draft'"},
    {
        'when': 'is_current and project_count < printed_project_count',
        'zh': "concat_ws('', '未计入的项目', printed_project_count - project_count, '个')",
        'en': "concat_ws('', 'projects that do not count here: ', printed_project_count - project_count)",
    },
    {
        'when': 'rejection_count > 0',
        'zh': "concat_ws('', '未能入库的部分', rejection_count, '处')",
        'en': "concat_ws('', 'parts that could not be loaded: ', rejection_count)",
    },
] -%}

with documents as (
    select * from {{ ref('dim_document') }}
),

printed as (
    select * from {{ source('staging', 'document') }}
),

current_documents as (
    select * from {{ ref('int_report_document') }}
),

divisions as (
    select * from {{ ref('dim_division') }}
),

units as (
    select * from {{ ref('dim_unit') }}
),

projects as (
    select * from {{ ref('project_overview') }}
),

findings as (
    select * from {{ ref('finding') }}
),

rejections as (
    select * from {{ source('staging', 'rejection') }}
),

project_sums as (
    select
        document_id,
        count(*) as project_count,
        {{ money_sum('sum(budget_cny)') }} as budget_cny,
        count(*) filter (where budget_cny is null) as budget_unknown_project_count,
        cast(sum(indicator_count) as bigint) as indicator_count,
        cast(sum(quantified_count) as bigint) as quantified_count
    from projects
    group by document_id
),

finding_counts as (
    select
        document_id,
        count(*) filter (where severity = 'error') as error_finding_count,
        count(*) filter (where severity = 'warning') as warning_finding_count,
        count(*) filter (where severity = 'information') as information_finding_count
    from findings
    group by document_id
),

rejection_counts as (
    select
        document_id,
        count(*) as rejection_count
    from rejections
    where document_id is not null
    group by document_id
),

joined as (
    select
        documents.document_id,
        documents.file_name,
        documents.file_format,
        documents.title_text,
        documents.division_id,
        documents.division_code,
        divisions.division_name,
        divisions.prefecture_name,
        divisions.province_name,
        documents.fiscal_year,
        documents.fiscal_year_basis,
        documents.disclosure_status,
        documents.is_current,
        documents.published_date,
        documents.unit_id,
        coalesce(units.unit_name, printed.unit_name) as unit_name,
        documents.amount_unit,
        documents.taxonomy_version,
        cast(printed.project_count as bigint) as printed_project_count,
        coalesce(project_sums.project_count, 0) as project_count,
        project_sums.budget_cny,
        coalesce(project_sums.budget_unknown_project_count, 0) as budget_unknown_project_count,
        coalesce(project_sums.indicator_count, 0) as indicator_count,
        coalesce(project_sums.quantified_count, 0) as quantified_count,
        {{ ratio('project_sums.quantified_count', 'project_sums.indicator_count') }} as quantified_ratio,
        coalesce(finding_counts.error_finding_count, 0) as error_finding_count,
        coalesce(finding_counts.warning_finding_count, 0) as warning_finding_count,
        coalesce(finding_counts.information_finding_count, 0) as information_finding_count,
        coalesce(rejection_counts.rejection_count, 0) as rejection_count,
        documents.source_url,
        current_documents.year_note_zh,
        current_documents.year_note_en
    from documents
    inner join printed on documents.document_id = printed.document_id
    inner join divisions on documents.division_id = divisions.division_id
    left join current_documents on documents.document_id = current_documents.document_id
    left join units on documents.unit_id = units.unit_id
    left join project_sums on documents.document_id = project_sums.document_id
    left join finding_counts on documents.document_id = finding_counts.document_id
    left join rejection_counts on documents.document_id = rejection_counts.document_id
),

described as (
    select
        {{ all_but('', ['year_note_zh', 'year_note_en']) }},
        {{ comparability_note(parts) }} as comparability_note
    from joined
)

select * from described
