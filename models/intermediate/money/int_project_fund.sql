{#- Sources that may be parts of the 财政拨款 printed above them. -#}
{% set parts_of_fiscal = "('central', 'provincial', 'municipal', 'county', 'upper_level', 'unknown', 'fiscal')" %}

with cells as (
    select * from {{ ref('int_fund_cell') }}
),

amounts as (
    select * from {{ ref('int_project_amount') }}
),

-- the three amounts of a card: the year's, and nothing over them says which
card_cells as (
    select
        project_id,
        case amount_type when 'stated_budget' then 1 when 'fiscal_funds' then 2 else 3 end as fund_no,
        case amount_type
            when 'stated_budget' then 'total'
            when 'fiscal_funds' then 'fiscal'
            else 'other'
        end as fund_class,
        'annual' as term,
        'stated' as measure,
        cast(null as integer) as as_of_month,
        amount_cny,
        not is_dash and amount_cny is null as is_unknown,
        source_ref
    from amounts
    where fund_no is null
),

block_cells as (
    select
        cells.project_id,
        cells.fund_no,
        cells.fund_class,
        cells.term,
        cells.measure,
        cells.as_of_month,
        amounts.amount_cny,
        coalesce(not amounts.is_dash and amounts.amount_cny is null, false) as is_unknown,
        cells.source_ref
    from cells
    left join amounts on cells.project_id = amounts.project_id and cells.fund_no = amounts.fund_no
    where cells.measure not in ('rate', 'weight', 'score', 'note')
),

-- one total of all years and one of the year, and the funds of one of them alone: they belong to that to which they add
-- up, to the year's where they add up to both
term_sums as (
    select
        project_id,
        measure,
        coalesce(bool_or(fund_class <> 'total' and term = 'annual'), false) as has_annual_fund,
        max(amount_cny) filter (where fund_class = 'total' and term = 'annual') as annual_cny,
        sum(amount_cny) filter (where fund_class <> 'total' and term = 'whole_period') as whole_fund_cny
    from block_cells
    group by project_id, measure
),

all_cells as (
    select * from card_cells
    union all
    select
        block_cells.project_id,
        block_cells.fund_no,
        block_cells.fund_class,
        case
            when
                block_cells.term = 'whole_period' and block_cells.fund_class <> 'total'
                and not term_sums.has_annual_fund and term_sums.whole_fund_cny = term_sums.annual_cny
                then 'annual'
            else block_cells.term
        end as term,
        block_cells.measure,
        block_cells.as_of_month,
        block_cells.amount_cny,
        block_cells.is_unknown,
        block_cells.source_ref
    from block_cells
    inner join term_sums
        on block_cells.project_id = term_sums.project_id and block_cells.measure = term_sums.measure
),

-- a side is what adds up: the amounts of one term and measure, to the end of one month
numbered as (
    select
        *,
        fund_class = 'fiscal' and row_number() over (
            partition by project_id, term, measure, as_of_month, fund_class order by fund_no
        ) = 1 as is_first_fiscal
    from all_cells
),

sides as (
    select
        project_id,
        term,
        measure,
        as_of_month,
        bool_or(fund_class in {{ parts_of_fiscal }} and fund_class <> 'fiscal') as has_other_part,
        max(amount_cny) filter (where fund_class = 'total') as total_cny,
        max(amount_cny) filter (where is_first_fiscal) as fiscal_cny,
        sum(amount_cny) filter (where fund_class in {{ parts_of_fiscal }} and not is_first_fiscal) as part_cny,
        sum(amount_cny) filter (where fund_class <> 'total') as fund_cny
    from numbered
    group by project_id, term, measure, as_of_month
),

-- 财政拨款 above its parts (中央, 一般公共预算 …) is a sum of them, unless all of them together give the total
judged as (
    select
        numbered.*,
        sides.has_other_part,
        coalesce(sides.part_cny = sides.fiscal_cny, false)
        and not coalesce(sides.fund_cny = sides.total_cny, false) as is_fiscal_sum
    from numbered
    inner join sides
        on
            numbered.project_id = sides.project_id
            and numbered.term = sides.term
            and numbered.measure = sides.measure
            and numbered.as_of_month is not distinct from sides.as_of_month
),

placed as (
    select
        project_id,
        fund_no,
        -- beside 中央 a part of 财政拨款 that is fiscal too (一般公共预算) has no class of its own
        case
            when is_fiscal_sum and has_other_part and fund_class = 'fiscal' and not is_first_fiscal then 'unknown'
            else fund_class
        end as fund_class,
        term,
        measure,
        as_of_month,
        amount_cny,
        is_unknown,
        fund_class <> 'total' and not (is_fiscal_sum and is_first_fiscal) as is_leaf,
        source_ref
    from judged
),

summed as (
    select
        project_id,
        fund_class,
        term,
        measure,
        as_of_month,
        min(fund_no) as fund_no,
        bool_or(is_leaf) as is_leaf,
        -- two totals of one side that differ say none; sources of one class add up, their sum above them does not
        case
            when bool_or(is_unknown) then null
            when fund_class = 'total' then case when count(distinct amount_cny) = 1 then min(amount_cny) end
            when bool_or(is_leaf) then {{ plausible_money('sum(amount_cny) filter (where is_leaf)') }}
            else {{ plausible_money('sum(amount_cny)') }}
        end as amount_cny,
        bool_or(is_unknown) or (fund_class = 'total' and count(distinct amount_cny) > 1) as is_unknown,
        {{ text_in_order('source_ref', 'fund_no', "'+'") }} filter (where amount_cny is not null) as amount_source_ref,
        {{ text_in_order('source_ref', 'fund_no', "'+'") }} as source_ref
    from placed
    group by project_id, fund_class, term, measure, as_of_month
),

described as (
    select
        project_id,
        fund_class,
        term,
        measure,
        as_of_month,
        fund_no,
        is_leaf,
        cast(amount_cny as decimal(18, 2)) as amount_cny,
        is_unknown,
        coalesce(amount_source_ref, source_ref) as source_ref
    from summed
)

select * from described
