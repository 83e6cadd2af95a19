{#- 2022-2023年部门预算, 2022、2023年度绩效目标: two years of one budget, whichever pattern finds the second. -#}
{% set two_years = "'(20[0-4][0-9]|2050)(年度?)?[-—–−~至到、/,和及与]{1,2}(20[0-4][0-9]|2050)年?度?[^0-9]{0,30}"
    ~ "(预算|部门|单位|本级|项目|支出|整体|绩效)'" %}

with documents as (
    select
        document_id,
        title_text,
        -- from the first year on: the names before it would make every title one of its own
        {{ regexp_first(arabic_digits(narrow(without_space('title_text'))), "'20[0-9]{2}.*'") }} as plain_title
    from {{ source('staging', 'document') }}
),

manifest as (
    select
        document_id,
        try_cast(fiscal_year as integer) as fiscal_year
    from {{ source('staging', 'manifest') }}
),

patterns as (
    select * from {{ ref('fiscal_year_pattern') }}
),

-- the year under the titles of a document's forms
form_years as (
    select
        document_id,
        count(distinct fiscal_year) + case when bool_or(is_year_ambiguous) then 2 else 0 end as year_count,
        min(fiscal_year) as fiscal_year,
        min(year_text) as year_text
    from {{ ref('int_form') }}
    where fiscal_year is not null or is_year_ambiguous
    group by document_id
),

project_codes as (
    select distinct
        document_id,
        project_code,
        code_year
    from {{ ref('int_project_code') }}
    -- dim_date ends with 2050: a later year is no year of these documents
    where code_year <= 2050
),

titles as (
    select distinct plain_title from documents
    where plain_title is not null
),

title_matches as (
    select
        titles.plain_title,
        patterns.priority,
        {{ regexp_distinct('titles.plain_title', 'patterns.pattern') }} as years
    from titles
    cross join patterns
),

title_years as (
    select
        plain_title,
        case when {{ regexp_like('plain_title', two_years) }} then 2 else {{ list_size('years') }} end as year_count,
        case
            when not {{ regexp_like('plain_title', two_years) }} then try_cast({{ list_only('years') }} as integer)
        end as fiscal_year
    from title_matches
    where {{ list_size('years') }} > 0
    qualify row_number() over (partition by plain_title order by priority) = 1
),

shared_code_years as (
    select
        document_id,
        code_year,
        count(*) as code_count
    from project_codes
    group by document_id, code_year
    having count(*) >= 2
),

code_years as (
    select
        document_id,
        code_year,
        code_count
    from shared_code_years
    qualify row_number() over (partition by document_id order by code_year desc) = 1
),

-- what is stated: in the title, else by all its forms; two years do not say which, and the codes are not asked
stated as (
    select
        documents.document_id,
        case when title_years.year_count > 0 then title_years.year_count else form_years.year_count end as year_count,
        case
            when title_years.year_count > 0 then title_years.fiscal_year
            else form_years.fiscal_year
        end as fiscal_year,
        case
            when title_years.year_count > 0 then documents.title_text
            else form_years.year_text
        end as evidence_text
    from documents
    left join title_years on documents.plain_title = title_years.plain_title
    left join form_years on documents.document_id = form_years.document_id
),

decided as (
    select
        stated.document_id,
        case
            when manifest.fiscal_year is not null then manifest.fiscal_year
            when stated.year_count = 1 then stated.fiscal_year
            when stated.year_count is null then code_years.code_year
        end as fiscal_year,
        case
            when manifest.fiscal_year is not null then 'manifest'
            when stated.year_count = 1 then 'stated'
            when stated.year_count > 1 then 'unknown'
            when code_years.code_year is not null then 'inferred'
            else 'unknown'
        end as fiscal_year_basis,
        case
            when manifest.fiscal_year is not null then 'manifest.csv'
            when stated.year_count > 0 then stated.evidence_text
            when code_years.code_year is not null
                then
                    concat_ws(
                        '',
                        cast(code_years.code_count as string), ' 个项目编码的年份为 ',
                        cast(code_years.code_year as string)
                    )
        end as fiscal_year_evidence_text,
        manifest.fiscal_year is null and coalesce(stated.year_count, 0) > 1 as is_fiscal_year_ambiguous
    from stated
    left join manifest on stated.document_id = manifest.document_id
    left join code_years on stated.document_id = code_years.document_id
),

dated as (
    select
        document_id,
        fiscal_year,
        {{ date_of('fiscal_year', 1, 1) }} as fiscal_year_start_date,
        fiscal_year_basis,
        fiscal_year_evidence_text,
        is_fiscal_year_ambiguous
    from decided
)

select * from dated
