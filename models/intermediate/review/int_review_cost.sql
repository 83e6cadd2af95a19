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

judged as (
    select
        'Q16' as rule_id,
        costs.document_id,
        costs.project_id,
        costs.indicator_no,
        not projects.is_reconciled as is_failing,
        cast(null as string) as message_case,
        concat_ws(
            '',
            costs.target_text, ' = ', {{ money_text('costs.target_cny') }},
            case when costs.target_to_cny is not null then '–' || {{ money_text('costs.target_to_cny') }} end,
            '元；预算 ', {{ money_text('costs.budget_cny') }}, '元',
            case
                when costs.target_to_cny is null
                    then concat_ws('', '；差 ', {{ money_text('(costs.target_cny - costs.budget_cny)') }}, '元')
                else ''
            end
        ) as evidence_text,
        costs.target_source_ref as source_ref,
        costs.label_text,
        costs.target_quote,
        {{ money_text('costs.budget_cny') }} as budget_text,
        costs.no_cost_word
    from costs
    inner join projects on costs.project_id = projects.project_id
    where costs.target_cny is not null and costs.budget_cny is not null
    union all
    select
        'Q17' as rule_id,
        document_id,
        project_id,
        indicator_no,
        not is_cost as is_failing,
        case
            when is_yuan_missing then 'yuan_missing'
            when no_cost_word is not null then 'no_cost_word'
            when target_text is null then 'no_target'
            else 'target'
        end as message_case,
        concat_ws('：', label_text, target_text) as evidence_text,
        target_source_ref as source_ref,
        label_text,
        target_quote,
        cast(null as string) as budget_text,
        no_cost_word
    from costs
),

asked as (
    select distinct
        rule_id,
        document_id,
        project_id
    from judged
),

reviewed as (
    {{ reviewed(
        'judged', 'indicator', ['label_text', 'target_quote', 'budget_text', 'no_cost_word'], case='message_case',
        asked='asked'
    ) }}
)

select * from reviewed
