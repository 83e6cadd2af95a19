with divisions as (
    select * from {{ ref('int_division') }}
),

known as (
    select
        division_id,
        division_code,
        division_name,
        division_name_en,
        division_level,
        prefecture_code,
        prefecture_name,
        province_code,
        province_name,
        valid_from_year,
        valid_to_year,
        is_current
    from divisions
),

unknown as (
    select
        'unknown' as division_id,
        cast(null as string) as division_code,
        '未识别' as division_name,
        'Unknown' as division_name_en,
        'unknown' as division_level,
        cast(null as string) as prefecture_code,
        cast(null as string) as prefecture_name,
        cast(null as string) as province_code,
        cast(null as string) as province_name,
        cast(null as integer) as valid_from_year,
        cast(null as integer) as valid_to_year,
        true as is_current
),

combined as (
    select * from known
    union all
    select * from unknown
)

select * from combined
