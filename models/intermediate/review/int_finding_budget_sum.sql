with sums as (
    select * from {{ ref('int_fund_sum') }}
),

differing as (
    select
        document_id,
        project_id,
        budget_text,
        concat_ws(' + ', fiscal_funds_text, other_funds_text) as funds_text,
        case
            when is_unit_missing then cast(budget_figure - fund_figure as varchar)
            else concat(cast(cast(budget_figure - fund_figure as decimal(28, 2)) as varchar), ' 元')
        end as difference_text,
        case
            when is_unit_missing then cast(budget_figure - fund_figure as varchar)
            else concat(cast(cast(budget_figure - fund_figure as decimal(28, 2)) as varchar), ' yuan')
        end as difference_text_en,
        source_ref
    from sums
    where budget_figure <> fund_figure
),

described as (
    select
        'Q19' as rule_id,
        'project' as subject_type,
        document_id,
        project_id,
        cast(null as integer) as indicator_no,
        concat(budget_text, ' ≠ ', funds_text, '（', difference_text, '）') as evidence_text,
        concat('预算数 ', budget_text, ' 不等于财政资金与其他资金之和 ', funds_text, '，相差 ', difference_text) as message_zh,
        concat('budget ', budget_text, ' is not the sum of its funds ', funds_text, ': ', difference_text_en, ' apart')
            as message_en,
        source_ref
    from differing
)

select * from described
