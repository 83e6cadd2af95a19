-- Which (indicator, target) pairs stand in four or more projects of one unit?
-- 哪些（指标，指标值）在同一单位的四个或更多项目中重复出现？
-- One row per unit and pair, compared without white space; blank targets are out. A project that runs for years is one
-- project, as in rule Q27; a document without a unit stands for one. The most reused first.
with units as (
    select * from marts.dim_unit
),

projects as (
    select * from marts.dim_project
),

indicators as (
    select * from marts.fct_indicator_target
    where term = 'annual'
),

pairs as (
    select
        indicators.division_code,
        indicators.unit_id,
        units.unit_name,
        coalesce(indicators.unit_id, indicators.document_id) as reuse_scope,
        projects.project_key,
        indicators.indicator_name,
        indicators.target_text,
        nullif(regexp_replace(indicators.indicator_name, '[\s\p{Z}]', '', 'g'), '') as plain_name,
        nullif(regexp_replace(indicators.target_text, '[\s\p{Z}]', '', 'g'), '') as plain_target
    from indicators
    inner join projects on indicators.project_id = projects.project_id
    left join units on indicators.unit_id = units.unit_id
    where indicators.target_kind <> 'blank'
),

reused as (
    select
        division_code,
        min(indicator_name) as indicator_name,
        min(target_text) as target_text,
        count(distinct project_key) as project_count,
        unit_id,
        min(unit_name) as unit_name
    from pairs
    where plain_name is not null and plain_target is not null
    group by reuse_scope, division_code, unit_id, plain_name, plain_target
    having count(distinct project_key) >= 4
)

select * from reused
order by
    project_count desc,
    division_code asc nulls last,
    unit_id asc nulls last,
    indicator_name asc,
    target_text asc
