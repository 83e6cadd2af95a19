-- What share of each unit's targets stands word for word in the texts of other units?
-- 各单位的指标与指标值有多少与其他单位一字不差？
-- One row per unit, county and fiscal year with a target. Compared are the indicator name and its target together,
-- white space aside, with those of all other units of this file; blank targets are out. The largest share first.
with targets as (
    select
        *,
        coalesce(unit_id, document_id) as owner_id,
        nullif(regexp_replace(indicator_name, '[\s\p{Z}]', '', 'g'), '') || ': '
        || regexp_replace(target_text, '[\s\p{Z}]', '', 'g') as plain_text
    from reports.indicator_overview
    where term = 'annual' and target_kind <> 'blank'
),

shared as (
    select plain_text from targets
    where plain_text is not null
    group by plain_text
    having count(distinct owner_id) >= 2
),

counted as (
    select
        targets.division_code,
        targets.division_name,
        targets.fiscal_year,
        targets.owner_id,
        min(targets.unit_name) as unit_name,
        count(*) as target_count,
        count(shared.plain_text) as shared_count
    from targets
    left join shared on targets.plain_text = shared.plain_text
    group by targets.division_code, targets.division_name, targets.fiscal_year, targets.owner_id
),

-- DuckDB divides as floating point: whole numbers, one digit more than asked, then rounded
shares as (
    select
        division_code,
        division_name,
        fiscal_year,
        unit_name,
        target_count,
        shared_count,
        cast(round(shared_count * 10000000 // target_count * 0.0000001, 6) as decimal(18, 6)) as shared_ratio
    from counted
)

select * from shares
order by
    shared_ratio desc,
    division_code asc nulls last,
    fiscal_year asc nulls last,
    unit_name asc nulls last
