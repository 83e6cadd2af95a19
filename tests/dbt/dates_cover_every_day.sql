-- A day that is missing from dim_date drops rows from every report that joins it.
select count(*) as day_count
from {{ ref('dim_date') }}
having
    count(*) <> 18628
    or min(date_day) <> date '2000-01-01'
    or max(date_day) <> date '2050-12-31'
    or min(checkpoint_month - month_number) < 0
    or max(checkpoint_month - month_number) > 3
    or bool_or(checkpoint_month not in (3, 6, 10, 12))
