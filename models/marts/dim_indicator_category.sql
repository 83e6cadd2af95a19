with

categories as (
    select * from {{ ref('indicator_category') }}
),

conformed as (
    select
        category_id,
        indicator_group,
        level1_name,
        level2_name,
        level1_name_en,
        level2_name_en
    from categories
)

select * from conformed
