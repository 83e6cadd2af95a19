-- The findings of a county and year by rule, with the money of the projects that have one, each project once.
with findings as (
    select * from reports.finding_overview
    where
        division_code is not distinct from $division_code
        and fiscal_year is not distinct from $fiscal_year
),

counted as (
    select
        rule_id,
        any_value(rule_name) as rule_name,
        any_value(rule_name_en) as rule_name_en,
        any_value(severity) as severity,
        any_value(severity_no) as severity_no,
        count(*) as finding_count,
        count(distinct project_id) as project_count
    from findings
    group by rule_id
),

money as (
    select
        rule_id,
        sum(amount_at_stake_cny) as amount_at_stake_cny
    from (select distinct rule_id, project_id, amount_at_stake_cny from findings where project_id is not null)
    group by rule_id
)

select
    counted.*,
    money.amount_at_stake_cny
from counted
left join money on counted.rule_id = money.rule_id
order by counted.severity_no, money.amount_at_stake_cny desc nulls last, counted.rule_id
