with texts as (
    select * from {{ ref('int_text_amount_check') }}
),

targets as (
    select * from {{ ref('int_target_amount_check') }}
),

projects as (
    select
        project_id,
        document_id
    from {{ ref('dim_project') }}
),

-- purpose and goal often say the same: once is enough
differing as (
    select
        project_id,
        evidence_text,
        claim_cny,
        min(budget_cny) as budget_cny,
        max(field) as field, -- the purpose before the goal
        max(source_ref) filter (where field = 'purpose') as purpose_source_ref,
        max(source_ref) filter (where field = 'goal') as goal_source_ref
    from texts
    where not is_reconciled
    group by project_id, evidence_text, claim_cny
),

text_faults as (
    select
        project_id,
        min(budget_cny) as budget_cny,
        bool_or(field = 'purpose') as is_in_purpose,
        bool_or(field = 'goal') as is_in_goal,
        {{ text_in_order('evidence_text', 'field desc, evidence_text', 'chr(10)') }} as evidence_text,
        {{ text_in_order(money_text('claim_cny'), 'field desc, evidence_text', "'、'") }} as claims_zh,
        {{ text_in_order(money_text('claim_cny'), 'field desc, evidence_text', "' and '") }} as claims_en,
        coalesce(min(purpose_source_ref), min(goal_source_ref)) as source_ref
    from differing
    group by project_id
),

text_findings as (
    select
        'Q18' as rule_id,
        'project' as subject_type,
        projects.document_id,
        text_faults.project_id,
        cast(null as integer) as indicator_no,
        text_faults.evidence_text,
        concat(
            concat_ws(
                '和',
                case when text_faults.is_in_purpose then '资金用途' end,
                case when text_faults.is_in_goal then '绩效目标' end
            ),
            '中的金额', text_faults.claims_zh, '元与预算', {{ money_text('text_faults.budget_cny') }}, '元不符'
        ) as message_zh,
        concat(
            'the amounts in the ',
            concat_ws(
                ' and the ',
                case when text_faults.is_in_purpose then 'purpose' end,
                case when text_faults.is_in_goal then 'goals' end
            ),
            ' come to ', text_faults.claims_en, ' yuan, the budget to ', {{ money_text('text_faults.budget_cny') }}
        ) as message_en,
        text_faults.source_ref
    from text_faults
    inner join projects on text_faults.project_id = projects.project_id
),

target_findings as (
    select
        'Q18' as rule_id,
        'indicator' as subject_type,
        document_id,
        project_id,
        indicator_no,
        evidence_text,
        concat(
            '“', label_text, '”的指标值“', target_quote, '”与预算', {{ money_text('budget_cny') }}, '元不符'
        ) as message_zh,
        concat(
            'target "', target_quote, '" of "', label_text, '" is not the budget of ', {{ money_text('budget_cny') }},
            ' yuan'
        ) as message_en,
        target_source_ref as source_ref
    from targets
    where not is_reconciled
),

findings as (
    select * from text_findings
    union all
    select * from target_findings
)

select * from findings
