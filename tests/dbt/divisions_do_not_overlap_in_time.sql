-- Two rows of one code in one year would double every document of that division.
select
    earlier.division_id,
    later.division_id as other_division_id
from {{ ref('dim_division') }} as earlier
inner join {{ ref('dim_division') }} as later
    on
        earlier.division_code = later.division_code
        and earlier.valid_from_year < later.valid_from_year
        and coalesce(earlier.valid_to_year, 9999) > later.valid_from_year
