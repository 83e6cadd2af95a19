-- A figure times its printed unit is the money of the fact, to the fen: worked out here without the models between, so
-- that an amount in 万元 read as 元 is seen. Only plain figures under a plain unit line are compared, in whole fen and
-- wide decimals: whatever else a form prints is for the findings, and turns nothing red.
{% set unit_line = "'^(?:金额)?(?:单位)?[:：]?(?:人民币)?(元|[百千万亿]元|百万元)$'" %}
{% set plain_figure = "'^[0-9]{1,12}([.][0-9]{1,10})?$'" %}
with forms as (
    select * from {{ ref('int_corrected_project') }}
),

-- other families print their money in blocks of labels
cards as (
    select * from {{ source('staging', 'form') }}
    where form_family = 'performance_card'
),

manifest as (
    select * from {{ source('staging', 'manifest') }}
),

bounds as (
    select bound_cny from {{ ref('money_bound') }}
),

cells as (
    select
        {{ project_id('forms') }} as project_id,
        {{ regexp_first(without_space('forms.amount_unit_text'), unit_line, 1) }} as unit_text,
        forms.total_budget_text is null as has_no_budget,
        forms.fiscal_funds_text is null as has_no_funds,
        cast({{ regexp_first('forms.total_budget_text', plain_figure) }} as decimal(28, 10)) as total_budget,
        cast({{ regexp_first('forms.fiscal_funds_text', plain_figure) }} as decimal(28, 10)) as fiscal_funds
    from forms
    inner join cards on forms.document_id = cards.document_id and forms.form_no = cards.form_no
    left join manifest on forms.document_id = manifest.document_id
    where manifest.amount_unit is null
),

factors as (
    select
        *,
        case unit_text
            when '元' then 1
            when '百元' then 100
            when '千元' then 1000
            when '万元' then 10000
            when '百万元' then 1000000
            when '亿元' then 100000000
        end as factor
    from cells
),

worked_out as (
    select
        factors.project_id,
        factors.has_no_budget,
        factors.has_no_funds,
        case
            when factors.total_budget * factors.factor <= bounds.bound_cny
                then cast(round(factors.total_budget * factors.factor * 100, 0) as decimal(38, 0))
        end as total_budget_fen,
        case
            when factors.fiscal_funds * factors.factor <= bounds.bound_cny
                then cast(round(factors.fiscal_funds * factors.factor * 100, 0) as decimal(38, 0))
        end as fiscal_funds_fen
    from factors
    cross join bounds
    where factors.factor is not null
),

facts as (
    select
        project_id,
        cast(stated_budget_cny as decimal(38, 2)) * 100 as total_budget_fen,
        cast(fiscal_funds_cny as decimal(38, 2)) * 100 as fiscal_funds_fen
    from {{ ref('fct_project_budget') }}
)

select
    facts.project_id,
    worked_out.total_budget_fen,
    facts.total_budget_fen as loaded_budget_fen,
    worked_out.fiscal_funds_fen,
    facts.fiscal_funds_fen as loaded_funds_fen
from facts
inner join worked_out on facts.project_id = worked_out.project_id
where
    worked_out.total_budget_fen <> coalesce(facts.total_budget_fen, -1)
    or worked_out.fiscal_funds_fen <> coalesce(facts.fiscal_funds_fen, -1)
    or (worked_out.has_no_budget and facts.total_budget_fen is not null)
    or (worked_out.has_no_funds and facts.fiscal_funds_fen is not null)
