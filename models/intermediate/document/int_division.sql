with divisions as (
    select * from {{ ref('administrative_division') }}
),

english_names as (
    select * from {{ ref('division_name_en') }}
),

identified as (
    select
        concat_ws('', divisions.division_code, '-', cast(divisions.valid_from_year as string)) as division_id,
        divisions.division_code,
        divisions.division_name,
        english_names.division_name_en,
        divisions.division_level,
        concat_ws('', substr(divisions.division_code, 1, 4), '00') as prefecture_code,
        -- 直辖 says that no prefecture is between: it is no name
        nullif(divisions.prefecture_name, '直辖') as prefecture_name,
        concat_ws('', substr(divisions.division_code, 1, 2), '0000') as province_code,
        divisions.province_name,
        divisions.valid_from_year,
        divisions.valid_to_year_exclusive as valid_to_year,
        divisions.valid_to_year_exclusive is null as is_current,
        {{ regexp_replace_all(
            'divisions.division_name',
            "'((维吾尔|壮族|回族)?自治区|特别行政区|地区|[省市盟县区旗])$'", "''"
        ) }} as stem
    from divisions
    left join english_names
        on
            divisions.division_code = english_names.division_code
            and divisions.division_name = english_names.division_name
),

shortened as (
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
        is_current,
        -- one character (沧 of 沧县) names nothing
        case when length(stem) >= 2 and stem <> division_name then stem end as short_name
    from identified
)

select * from shortened
