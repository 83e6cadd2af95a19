with indicators as (
    select * from {{ ref('int_quality_indicator') }}
),

outside as (
    select *
    from indicators
    where
        target_kind = 'date'
        and fiscal_year is not null
        and extract(year from target_date) <> fiscal_year
),

findings as (
    select
        'Q12' as rule_id,
        'indicator' as subject_type,
        document_id,
        project_id,
        indicator_no,
        target_text as evidence_text,
        concat(
            '指标值“', target_quote, '”（', cast(target_date as varchar), '）不在', cast(fiscal_year as varchar),
            '预算年度内'
        ) as message_zh,
        concat(
            'target "', target_quote, '" (', cast(target_date as varchar), ') lies outside the fiscal year ',
            cast(fiscal_year as varchar)
        ) as message_en,
        target_source_ref as source_ref
    from outside
)

select * from findings
