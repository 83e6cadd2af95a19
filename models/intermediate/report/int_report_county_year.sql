{%- set parts = [
    {'zh': "nullif(counted.year_note_zh, '')", 'en': "nullif(counted.year_note_en, '')"},
    {
        'when': 'counted.inferred_year_document_count > 0',
        'zh': "concat_ws('', '年度由项目编码推断的文件', counted.inferred_year_document_count, '份')",
        'en': "concat_ws('', 'documents whose year is inferred from project codes: ', counted.inferred_year_document_count)",
    },
    {
        'when': 'counted.draft_document_count > 0',
        'zh': "concat_ws('', '草案', counted.draft_document_count, '份')",
        'en': "concat_ws('', 'drafts: ', counted.draft_document_count)",
    },
    {
        'zh': "concat_ws('', '只含', counted.document_count, '份单位文件，不是该县全部预算')",
        'en': "concat_ws('', 'unit documents covered: ', counted.document_count, ', not the whole budget of the county')",
    },
] -%}

with documents as (
    select * from {{ ref('int_report_document') }}
),

divisions as (
    select * from {{ ref('dim_division') }}
),

counted as (
    select
        county_year_id,
        division_id,
        division_code,
        fiscal_year,
        year_note_zh,
        year_note_en,
        count(*) as document_count,
        count(*) filter (where disclosure_status = 'draft') as draft_document_count,
        count(*) filter (where fiscal_year_basis = 'inferred') as inferred_year_document_count
    from documents
    group by county_year_id, division_id, division_code, fiscal_year, year_note_zh, year_note_en
),

described as (
    select
        counted.county_year_id,
        counted.division_id,
        counted.division_code,
        divisions.division_name,
        divisions.prefecture_name,
        divisions.province_name,
        counted.fiscal_year,
        counted.document_count,
        counted.draft_document_count,
        counted.inferred_year_document_count,
        {{ note_words(parts, 'zh') }} as note_zh,
        {{ note_words(parts, 'en') }} as note_en
    from counted
    inner join divisions on counted.division_id = divisions.division_id
)

select * from described
