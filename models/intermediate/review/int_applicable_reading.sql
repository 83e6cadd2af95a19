with projects as (
    select
        project_id,
        document_id,
        project_no,
        project_code,
        code_pattern
    from {{ ref('dim_project') }}
),

amounts as (
    select project_id
    from {{ ref('int_project_amount') }}
    where figure is not null or is_amount_unreadable
    group by project_id
),

budgets as (
    select * from {{ ref('int_project_budget') }}
    where budget_cny is not null
),

plans as (
    select
        project_id,
        min(plan_basis) as plan_basis
    from {{ ref('int_spending_plan') }}
    where is_stated or is_value_unreadable
    group by project_id
),

indicators as (
    select
        document_id,
        project_no,
        count(level1_text) as level1_count,
        count(level2_text) as level2_count,
        count(target_text) as target_count
    from {{ ref('int_corrected_indicator') }}
    group by document_id, project_no
),

described as (
    select
        projects.project_id,
        amounts.project_id is not null as has_amount,
        budgets.project_id is not null as has_budget,
        plans.project_id is not null as has_plan,
        coalesce(plans.plan_basis = 'amount', false) as has_plan_in_money,
        projects.code_pattern <> 'missing' as has_code,
        indicators.document_id is not null as has_indicator,
        coalesce(indicators.level1_count, 0) > 0 as has_level1,
        coalesce(indicators.level2_count, 0) > 0 as has_level2,
        coalesce(indicators.target_count, 0) > 0 as has_target
    from projects
    left join amounts on projects.project_id = amounts.project_id
    left join budgets on projects.project_id = budgets.project_id
    left join plans on projects.project_id = plans.project_id
    left join indicators
        on projects.document_id = indicators.document_id and projects.project_no = indicators.project_no
),

-- a rule applies to a form that prints what the rule is about; the faults of a document are asked of all its forms
rules as (
    select
        listed.rule_id,
        listed.subject
    from (
        values
        ('R01', 'form'), ('R02', 'form'), ('R03', 'form'), ('R04', 'form'), ('R05', 'form'), ('R06', 'form'),
        ('R07', 'form'), ('R08', 'form'), ('R09', 'amount'), ('R10', 'amount'), ('R11', 'amount'), ('R12', 'form'),
        ('R13', 'budget'), ('R14', 'plan'), ('R15', 'plan'), ('R16', 'plan'), ('R17', 'plan in money'),
        ('R18', 'plan'), ('R19', 'code'), ('R20', 'form'), ('R21', 'level1'), ('R22', 'level2'), ('R23', 'indicator'),
        ('R24', 'level2'), ('R25', 'target'), ('R26', 'target'), ('R27', 'indicator'), ('R28', 'form'),
        ('R29', 'form'), ('R30', 'form'), ('R31', 'indicator')
    ) as listed (rule_id, subject)
),

applicable as (
    select
        rules.rule_id,
        described.project_id
    from rules
    cross join described
    where
        case rules.subject
            when 'form' then true
            when 'amount' then described.has_amount
            when 'budget' then described.has_budget
            when 'plan' then described.has_plan
            when 'plan in money' then described.has_plan_in_money
            when 'code' then described.has_code
            when 'indicator' then described.has_indicator
            when 'level1' then described.has_level1
            when 'level2' then described.has_level2
            when 'target' then described.has_target
        end
)

select * from applicable
