-- Unit costs where a quantity and the budget meet (per lamp, per square metre, per person)?
-- 数量和预算都有时，单位成本是多少（每盏灯、每平方米、每人）？
-- One row per project and quantity: of its quantity targets (no %, money, times or time, and no bare number); a project
-- without one: of the descriptions of its quantity indicators, its purpose and its goal, each quantity where it stands
-- first. All candidates are listed: whether the money bought them is for the reader to judge. Ordered by county and
-- project.
with units as (
    select * from marts.dim_unit
),

projects as (
    select
        projects.*,
        units.unit_name
    from marts.dim_project as projects
    left join units on projects.unit_id = units.unit_id
),

budgets as (
    select * from marts.fct_project_budget
),

indicators as (
    select * from marts.fct_indicator_target
    where term = 'annual'
),

quantity_indicators as (
    select indicators.*
    from indicators
    inner join marts.dim_indicator_category as categories on indicators.category_id = categories.category_id
    where categories.level2_name = '数量指标'
),

number_targets as (
    select
        project_id,
        'target' as quantity_source,
        1 as source_rank,
        indicator_no,
        1 as place,
        target_value as quantity,
        target_unit as quantity_unit
    from quantity_indicators
    where
        target_kind = 'number'
        and not regexp_matches(target_unit, '(%|‰|百分点|成|元|角|次|遍|趟|轮|届|年|季|季度|月|旬|周|天|日|小时|时|分钟|秒)$')
        and not regexp_matches(target_unit, '^[十百千万亿]+$')
),

texts as (
    select
        project_id,
        'target' as quantity_source,
        1 as source_rank,
        indicator_no,
        target_text as quantity_text
    from quantity_indicators
    where target_kind = 'list'
    union all
    select
        project_id,
        'description' as quantity_source,
        2 as source_rank,
        indicator_no,
        description_text as quantity_text
    from quantity_indicators
    union all
    select
        project_id,
        'purpose' as quantity_source,
        3 as source_rank,
        0 as indicator_no,
        purpose_text as quantity_text
    from projects
    union all
    select
        project_id,
        'goal' as quantity_source,
        4 as source_rank,
        0 as indicator_no,
        goal_text as quantity_text
    from projects
),

-- number, unit of things, and what would make it another unit: 个月, 人次, 家次, 人均
searched as (
    select
        *,
        regexp_extract_all(
            regexp_replace(quantity_text, '\s', '', 'g'),
            '[0-9]+(?:,[0-9]{3})*(?:[.][0-9]+)?[万亿]?'
            || '(?:平方公里|平方千米|平方米|平方|平米|㎡|立方米|立方|公里|千米|延米|米|公顷|亩|吨|公斤|千瓦时'
            || '|人|名|户|家|个|盏|基|座|口|台|套|辆|艘|条|处|项|间|栋|幢|所|村|株|棵|头|只|件|块|面|根|张|床|份|册|篇|场)'
            || '(?:次|均|年|季|月|旬|周|星期|工作|自然|日|天|小时|学时|百分)?'
        ) as found
    from texts
),

matches as (
    select
        project_id,
        quantity_source,
        source_rank,
        indicator_no,
        generate_subscripts(found, 1) as place,
        replace(unnest(found), ',', '') as found_text
    from searched
),

text_quantities as (
    select
        project_id,
        quantity_source,
        source_rank,
        indicator_no,
        place,
        try_cast(regexp_extract(found_text, '^[0-9.]+') as decimal(24, 6)) as quantity,
        regexp_extract(found_text, '^[0-9.]+(.+)$', 1) as printed_unit
    from matches
    where not regexp_matches(found_text, '(次|均|年|季|月|旬|周|星期|工作|自然|日|天|小时|学时|百分)$')
),

found_quantities as (
    select * from number_targets
    union all
    select
        project_id,
        quantity_source,
        source_rank,
        indicator_no,
        place,
        quantity,
        case
            when printed_unit in ('平方', '平米', '㎡') then '平方米'
            when printed_unit = '立方' then '立方米'
            when printed_unit = '千米' then '公里'
            when printed_unit = '名' then '人'
            when printed_unit = '棵' then '株'
            when printed_unit = '幢' then '栋'
            else printed_unit
        end as quantity_unit
    from text_quantities
),

-- targets win; behind them a quantity counts where it stands first
chosen as (
    select * from found_quantities
    qualify
        source_rank = 1
        or (
            min(source_rank) over (partition by project_id) > 1
            and source_rank = min(source_rank) over (partition by project_id, quantity, quantity_unit)
        )
),

-- DuckDB divides decimals as floating point: whole numbers, one digit more than asked, then rounded
unit_costs as (
    select
        projects.document_id,
        projects.fiscal_year,
        chosen.source_rank,
        chosen.indicator_no,
        chosen.place,
        projects.division_code,
        projects.project_no,
        projects.project_name,
        chosen.quantity,
        chosen.quantity_unit,
        cast(
            round(
                cast(budgets.budget_cny * 100 as hugeint) * 10000000
                // cast(chosen.quantity * 1000000 as hugeint) * 0.001, 2
            ) as decimal(18, 2)
        ) as unit_cost_cny,
        chosen.quantity_source,
        projects.unit_name,
        projects.project_id
    from chosen
    inner join projects on chosen.project_id = projects.project_id
    inner join budgets on chosen.project_id = budgets.project_id
    where chosen.quantity > 0 and budgets.budget_cny is not null
)

select * exclude (document_id, fiscal_year, source_rank, indicator_no, place) from unit_costs
order by
    division_code nulls last,
    fiscal_year nulls last,
    document_id,
    project_no,
    source_rank,
    indicator_no,
    place
