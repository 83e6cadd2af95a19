with

documents as (
    select * from {{ source('staging', 'document') }}
),

indicators as (
    select * from {{ ref('int_indicator_category') }}
),

categories as (
    select * from {{ ref('indicator_category') }}
),

-- The newer scheme has a first level of costs; in the older one 成本指标 is under 产出指标.
schemes as (
    select
        indicators.document_id,
        bool_or(
            coalesce(indicators.level1_name = '成本指标', false)
            or (indicators.level1_name is null and categories.level1_name = '成本指标')
        ) as has_cost_first_level,
        bool_or(
            coalesce(indicators.level1_name = '产出指标', false) and categories.level2_name = '成本指标'
        ) as has_cost_under_output
    from indicators
    inner join categories on indicators.category_id = categories.category_id
    group by indicators.document_id
),

taxonomies as (
    select
        documents.document_id,
        case
            when schemes.has_cost_first_level and schemes.has_cost_under_output then 'mixed'
            when schemes.has_cost_first_level then 'cost_first_level'
            when schemes.has_cost_under_output then 'cost_under_output'
            else 'unknown'
        end as taxonomy_version
    from documents
    left join schemes on documents.document_id = schemes.document_id
)

select * from taxonomies
