{%- set parts = [
    {
        'when': 'year_list.year_count > 1',
        'zh': "concat_ws('', '库内各县年度不同（', year_list.years_zh, '）')",
        'en': "concat_ws('', 'the counties of this file have different fiscal years (', year_list.years_en, ')')",
    },
    {'when': 'documents.fiscal_year is null', 'zh': "'本行年度未知'", 'en': "'the fiscal year of this row is unknown'"},
] -%}

with documents as (
    select * from {{ ref('dim_document') }}
    where is_current
),

fiscal_years as (
    select distinct
        fiscal_year,
        coalesce(cast(fiscal_year as string), '未知') as year_zh,
        coalesce(cast(fiscal_year as string), 'unknown') as year_en
    from documents
),

year_list as (
    select
        count(*) as year_count,
        {{ text_in_order('year_zh', 'fiscal_year nulls last', "'、'") }} as years_zh,
        {{ text_in_order('year_en', 'fiscal_year nulls last', "', '") }} as years_en
    from fiscal_years
),

described as (
    select
        documents.document_id,
        concat_ws(
            '',
            coalesce(documents.division_code, 'unknown'),
            '-',
            coalesce(cast(documents.fiscal_year as string), 'unknown')
        ) as county_year_id,
        documents.division_id,
        documents.division_code,
        documents.fiscal_year,
        documents.fiscal_year_basis,
        documents.disclosure_status,
        documents.source_url,
        {{ note_words(parts, 'zh') }} as year_note_zh,
        {{ note_words(parts, 'en') }} as year_note_en
    from documents
    cross join year_list
)

select * from described
