with indicators as (
    select * from {{ ref('fct_indicator_target') }}
),

projects as (
    select
        project_id,
        document_id,
        project_no
    from {{ ref('dim_project') }}
),

places as (
    select
        document_id,
        project_no,
        indicator_no,
        coalesce(target_source_ref, source_ref) as target_source_ref
    from {{ source('staging', 'indicator') }}
),

compared as (
    select
        indicators.indicator_id,
        indicators.project_id,
        indicators.document_id,
        indicators.unit_id,
        indicators.indicator_no,
        indicators.category_id,
        indicators.target_kind,
        indicators.is_quantified,
        indicators.target_text,
        indicators.basis_text,
        -- what a message calls the indicator, and what is left to quote where a cell is blank
        {{ quoted('coalesce(
            indicators.indicator_name, indicators.description_text, indicators.level2_text, indicators.level1_text,
            indicators.target_text, indicators.basis_text
        )') }} as label_text,
        {{ quoted('indicators.target_text') }} as target_quote,
        {{ quoted('indicators.basis_text') }} as basis_quote,
        concat_ws(
            ' | ', indicators.level1_text, indicators.level2_text, indicators.indicator_name,
            indicators.description_text, indicators.target_text
        ) as row_text,
        {{ without_space('indicators.level2_text') }} as level2_plain_text,
        {{ without_space('indicators.indicator_name') }} as name_plain_text,
        {{ without_space('indicators.description_text') }} as description_plain_text,
        {{ without_space('indicators.target_text') }} as target_plain_text,
        {{ without_space('indicators.basis_text') }} as basis_plain_text,
        places.target_source_ref,
        indicators.source_ref
    from indicators
    inner join projects on indicators.project_id = projects.project_id
    inner join places
        on
            projects.document_id = places.document_id
            and projects.project_no = places.project_no
            and indicators.indicator_no = places.indicator_no
)

select * from compared
