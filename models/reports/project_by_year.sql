{%- set parts = [
    {'zh': "nullif(year_note_zh, '')", 'en': "nullif(year_note_en, '')"},
    {
        'when': "match_basis = 'same_name'",
        'zh': "'编码不同，仅按单位和名称对应'",
        'en': "'another code: matched by unit and name alone'",
    },
    {
        'when': "match_basis = 'no_unit'",
        'zh': "'没有单位，不与其他年度对应'",
        'en': "'no unit: matched with no other year'",
    },
    {
        'when': 'previous_fiscal_year < fiscal_year - 1',
        'zh': "concat_ws('', '与', previous_fiscal_year, '年比较，其间年度缺')",
        'en': "concat_ws('', 'compared with ', previous_fiscal_year, ': the years between are not in this file')",
    },
    {
        'when': "disclosure_status <> previous_disclosure_status",
        'zh': "concat_ws('', '公开状态不同（', previous_disclosure_status, '、', disclosure_status, '）')",
        'en': "concat_ws('', 'disclosure differs (', previous_disclosure_status, ', ', disclosure_status, ')')",
    },
    {'when': 'budget_cny is null', 'zh': "'预算未知'", 'en': "'budget unknown'"},
] -%}

with projects as (
    select
        *,
        unit_id is not null and fiscal_year is not null as is_placed,
        {{ without_space('project_name') }} as plain_name
    from {{ ref('project_overview') }}
),

codes as (
    select
        project_id,
        is_code_recognised and is_code_unique as is_code_key
    from {{ ref('int_project_code') }}
),

documents as (
    select * from {{ ref('int_report_document') }}
),

-- the key of a project without a unit holds for its document alone; only what links the years, as all are sorted by it
keyed as (
    select
        projects.project_id,
        projects.unit_id,
        projects.fiscal_year,
        projects.is_placed,
        projects.plain_name,
        codes.is_code_key,
        case
            when projects.is_placed
                then
                    cast(row_number() over (
                        partition by projects.is_placed, projects.project_key order by projects.fiscal_year
                    ) as bigint)
        end as year_no,
        case
            when projects.is_placed
                then lag(projects.project_id) over (
                    partition by projects.is_placed, projects.project_key order by projects.fiscal_year
                )
        end as keyed_project_id,
        lead(projects.project_id) over (
            partition by projects.is_placed, projects.project_key order by projects.fiscal_year
        ) is null as is_last_of_key,
        count(*) over (partition by projects.unit_id, projects.fiscal_year, projects.plain_name) = 1 as is_name_unique
    from projects
    inner join codes on projects.project_id = codes.project_id
),

named as (
    select * from keyed
    where is_placed and is_name_unique and plain_name is not null
),

-- a code that changed: the nearest years in which the unit has one project of that name
renewed as (
    select
        named.project_id,
        earlier.project_id as named_project_id
    from named
    inner join named as earlier
        on
            named.unit_id = earlier.unit_id
            and named.plain_name = earlier.plain_name
            and named.fiscal_year > earlier.fiscal_year
    where named.keyed_project_id is null and earlier.is_last_of_key
    qualify
        row_number() over (partition by named.project_id order by earlier.fiscal_year desc) = 1
        and row_number() over (partition by earlier.project_id order by named.fiscal_year asc) = 1
),

linked as (
    select
        keyed.*,
        case
            when keyed.unit_id is null then 'no_unit'
            when keyed.fiscal_year is null then 'no_year'
            when keyed.keyed_project_id is not null and keyed.is_code_key then 'project_code'
            when keyed.keyed_project_id is not null then 'unit_and_name'
            when renewed.named_project_id is not null then 'same_name'
            else 'first_year'
        end as match_basis,
        coalesce(keyed.keyed_project_id, renewed.named_project_id) as previous_project_id
    from keyed
    left join renewed on keyed.project_id = renewed.project_id
),

compared as (
    select
        {{ columns_of_project('projects') }},
        projects.disclosure_status,
        linked.year_no,
        linked.match_basis,
        linked.previous_project_id,
        earlier.fiscal_year as previous_fiscal_year,
        earlier.project_name as previous_project_name,
        earlier.disclosure_status as previous_disclosure_status,
        projects.budget_cny,
        earlier.budget_cny as previous_budget_cny,
        {{ money_sum('projects.budget_cny - earlier.budget_cny') }} as budget_change_cny,
        {{ ratio('projects.budget_cny - earlier.budget_cny', 'earlier.budget_cny') }} as budget_change_ratio,
        projects.indicator_count,
        earlier.indicator_count as previous_indicator_count,
        projects.quantified_ratio,
        earlier.quantified_ratio as previous_quantified_ratio,
        projects.source_ref,
        projects.source_url,
        earlier.source_ref as previous_source_ref,
        earlier.source_url as previous_source_url,
        documents.year_note_zh,
        documents.year_note_en
    from linked
    inner join projects on linked.project_id = projects.project_id
    inner join documents on projects.document_id = documents.document_id
    left join projects as earlier on linked.previous_project_id = earlier.project_id
),

described as (
    select
        {{ all_but('', ['year_note_zh', 'year_note_en']) }},
        {{ comparability_note(parts) }} as comparability_note
    from compared
)

select * from described
