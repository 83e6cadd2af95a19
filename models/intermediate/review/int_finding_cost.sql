with costs as (
    select * from {{ ref('int_cost_indicator') }}
),

-- several cost amounts are compared together: one of them may be the whole, or all of them its parts
projects as (
    select
        project_id,
        coalesce(
            bool_or(
                case
                    when target_to_cny is null then target_cny = budget_cny
                    else budget_cny between target_cny and target_to_cny
                end
            ), false
        )
        or (count(target_to_cny) = 0 and sum(target_cny) = min(budget_cny)) as is_reconciled
    from costs
    where target_cny is not null and budget_cny is not null
    group by project_id
),

differing_amounts as (
    select
        'Q16' as rule_id,
        costs.document_id,
        costs.project_id,
        costs.indicator_no,
        concat(
            {{ money_text('costs.target_cny') }},
            case
                when costs.target_to_cny is not null then concat('–', {{ money_text('costs.target_to_cny') }}) else ''
            end,
            '元；预算 ', {{ money_text('costs.budget_cny') }}, '元',
            case
                when costs.target_to_cny is null
                    then concat('；差 ', {{ money_text('(costs.target_cny - costs.budget_cny)') }}, '元')
                else ''
            end
        ) as arithmetic_text,
        costs.target_text,
        costs.target_quote,
        costs.budget_cny,
        costs.target_source_ref
    from costs
    inner join projects on costs.project_id = projects.project_id
    where
        not projects.is_reconciled
        and costs.target_cny is not null
        and costs.budget_cny is not null
),

amount_findings as (
    select
        rule_id,
        document_id,
        project_id,
        indicator_no,
        concat(target_text, ' = ', arithmetic_text) as evidence_text,
        concat('成本指标值“', target_quote, '”不等于预算', {{ money_text('budget_cny') }}, '元') as message_zh,
        concat(
            'cost target "', target_quote, '" is not the budget of ', {{ money_text('budget_cny') }}, ' yuan'
        ) as message_en,
        target_source_ref
    from differing_amounts
),

no_cost_findings as (
    select
        'Q17' as rule_id,
        document_id,
        project_id,
        indicator_no,
        concat_ws('：', label_text, target_text) as evidence_text,
        concat(
            '成本指标“', label_text, '”',
            case
                when is_yuan_missing then concat('的指标值“', target_quote, '”缺“元”，不是金额')
                when no_cost_word is not null then concat('是', no_cost_word, '，不是项目成本')
                when target_text is null then '不是成本'
                else concat('的指标值“', target_quote, '”不是成本')
            end
        ) as message_zh,
        concat(
            'cost indicator "', label_text, '" ',
            case
                when is_yuan_missing then concat('has the target "', target_quote, '" without 元: no amount of money')
                when no_cost_word is not null then concat('names ', no_cost_word, ': no cost of the project')
                when target_text is null then 'is no cost'
                else concat('with the target "', target_quote, '" is no cost')
            end
        ) as message_en,
        target_source_ref
    from costs
    where not is_cost
),

combined as (
    select * from amount_findings
    union all
    select * from no_cost_findings
),

findings as (
    select
        rule_id,
        'indicator' as subject_type,
        document_id,
        project_id,
        indicator_no,
        evidence_text,
        message_zh,
        message_en,
        target_source_ref as source_ref
    from combined
)

select * from findings
