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
        case
            when bool_and(field = 'purpose') then 'purpose'
            when bool_and(field = 'goal') then 'goal'
            else 'both'
        end as message_case,
        {{ text_in_order('evidence_text', 'field desc, evidence_text', 'chr(10)') }} as evidence_text,
        {{ text_in_order(money_text('claim_cny'), 'field desc, evidence_text', "'、'") }} as claims,
        {{ text_in_order(money_text('claim_cny'), 'field desc, evidence_text', "' and '") }} as claims_en,
        coalesce(min(purpose_source_ref), min(goal_source_ref)) as source_ref
    from differing
    group by project_id
),

asked_projects as (
    select project_id from texts
    union
    select project_id from targets
),

judged as (
    select
        'Q18' as rule_id,
        projects.document_id,
        projects.project_id,
        cast(null as integer) as indicator_no,
        text_faults.project_id is not null as is_failing,
        text_faults.message_case,
        text_faults.evidence_text,
        text_faults.source_ref,
        {{ money_text('text_faults.budget_cny') }} as budget_text,
        text_faults.claims,
        text_faults.claims_en,
        cast(null as string) as label_text,
        cast(null as string) as target_quote
    from asked_projects
    inner join projects on asked_projects.project_id = projects.project_id
    left join text_faults on asked_projects.project_id = text_faults.project_id
    union all
    select
        'Q18' as rule_id,
        document_id,
        project_id,
        indicator_no,
        true as is_failing,
        'target' as message_case,
        evidence_text,
        target_source_ref as source_ref,
        {{ money_text('budget_cny') }} as budget_text,
        cast(null as string) as claims,
        cast(null as string) as claims_en,
        label_text,
        target_quote
    from targets
    where not is_reconciled
),

reviewed as (
    {{ reviewed(
        'judged', 'indicator', ['label_text', 'target_quote', 'claims', 'claims_en', 'budget_text'], case='message_case'
    ) }}
)

select * from reviewed
