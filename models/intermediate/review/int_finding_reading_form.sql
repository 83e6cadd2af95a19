with projects as (
    select * from {{ ref('dim_project') }}
),

forms as (
    select * from {{ ref('int_corrected_project') }}
),

budgets as (
    select * from {{ ref('int_project_budget') }}
),

amounts as (
    select * from {{ ref('int_project_amount') }}
),

amount_units as (
    select * from {{ ref('int_project_amount_unit') }}
),

plan_bases as (
    select * from {{ ref('int_plan_basis') }}
),

plans as (
    select * from {{ ref('int_spending_plan') }}
),

project_codes as (
    select * from {{ ref('int_project_code') }}
),

current_forms as (
    select
        projects.project_id,
        projects.document_id,
        projects.project_no,
        projects.project_code,
        projects.project_name,
        forms.amount_unit_text,
        forms.total_budget_text,
        coalesce(forms.total_budget_source_ref, projects.source_ref) as budget_source_ref,
        projects.source_ref
    from projects
    inner join forms on projects.document_id = forms.document_id and projects.project_no = forms.project_no
),

amounts_without_unit as (
    select
        amounts.project_id,
        bool_or(amount_units.is_amount_unit_conflict) as is_conflict,
        {{ text_in_order('amounts.amount_text', 'amounts.source_ref', "'；'") }} as amount_texts,
        {{ text_in_order('amounts.source_ref', 'amounts.source_ref', "'+'") }} as source_ref
    from amounts
    inner join amount_units on amounts.project_id = amount_units.project_id
    where amounts.is_amount_unit_missing
    group by amounts.project_id
),

amounts_unreadable as (
    select
        project_id,
        {{ text_in_order('amount_text', 'source_ref', "'；'") }} as amount_texts,
        {{ text_in_order('source_ref', 'source_ref', "'+'") }} as source_ref
    from amounts
    where is_amount_unreadable
    group by project_id
),

plan_faults as (
    select
        plan_bases.project_id,
        plan_bases.plan_basis,
        plan_bases.is_plan_basis_unknown,
        not plan_bases.is_basis_proven and plan_bases.plan_basis <> 'none' as is_plan_basis_assumed,
        plan_bases.is_plan_unit_mixed,
        bool_or(plans.is_plan_unit_missing) as is_plan_unit_missing,
        bool_or(plans.is_value_unreadable) as is_value_unreadable,
        {{ text_in_order(
            "case when plans.value_text is not null
                then concat(cast(plans.checkpoint_month as varchar), '月底 ', plans.value_text) end",
            'plans.checkpoint_month', "'；'"
        ) }} as plan_text,
        {{ text_in_order(
            "case when plans.value_text is not null then plans.source_ref end", 'plans.checkpoint_month', "'+'"
        ) }} as source_ref,
        {{ text_in_order(
            "case when plans.is_value_unreadable
                then concat(cast(plans.checkpoint_month as varchar), '月底 ', plans.value_text) end",
            'plans.checkpoint_month', "'；'"
        ) }} as unreadable_text,
        {{ text_in_order(
            "case when plans.is_value_unreadable then plans.source_ref end", 'plans.checkpoint_month', "'+'"
        ) }} as unreadable_source_ref
    from plan_bases
    inner join plans on plan_bases.project_id = plans.project_id
    where
        plan_bases.is_plan_basis_unknown
        or plan_bases.is_plan_unit_mixed
        or not plan_bases.is_basis_proven
        or plans.is_plan_unit_missing
        or plans.is_value_unreadable
    group by all
),

units_missing as (
    select
        'R09' as rule_id,
        project_id,
        amount_texts as evidence_text,
        concat('金额“', {{ quoted('amount_texts') }}, '”没有单位，金额为空') as message_zh,
        concat('"', {{ quoted('amount_texts') }}, '" has no amount unit: the money is NULL') as message_en,
        source_ref
    from amounts_without_unit
    where not is_conflict
),

units_contradictory as (
    select
        'R10' as rule_id,
        amounts_without_unit.project_id,
        concat(current_forms.amount_unit_text, '：', amounts_without_unit.amount_texts) as evidence_text,
        concat('金额单位“', {{ quoted('current_forms.amount_unit_text') }}, '”无法判断，金额为空') as message_zh,
        concat(
            'the amount unit "', {{ quoted('current_forms.amount_unit_text') }}, '" cannot be told: the money is NULL'
        ) as message_en,
        amounts_without_unit.source_ref
    from amounts_without_unit
    inner join current_forms on amounts_without_unit.project_id = current_forms.project_id
    where amounts_without_unit.is_conflict
),

amounts_not_read as (
    select
        'R11' as rule_id,
        project_id,
        amount_texts as evidence_text,
        concat('“', {{ quoted('amount_texts') }}, '”不是单一金额，该金额为空') as message_zh,
        concat('"', {{ quoted('amount_texts') }}, '" is no single amount: it is NULL') as message_en,
        source_ref
    from amounts_unreadable
),

amounts_blank as (
    select
        'R12' as rule_id,
        project_id,
        cast(null as varchar) as evidence_text,
        '预算数、财政资金、其他资金都没有填' as message_zh,
        'budget, fiscal and other funds are all blank' as message_en,
        cast(null as varchar) as source_ref
    from budgets
    where budget_basis = 'none' and not is_amount_unreadable and not is_amount_unit_missing
),

budgets_from_funds as (
    select
        'R13' as rule_id,
        budgets.project_id,
        concat('资金合计 ', {{ money_text('budgets.budget_cny') }}, '元') as evidence_text,
        concat('预算数空白，按资金合计', {{ money_text('budgets.budget_cny') }}, '元计') as message_zh,
        concat(
            'the budget is blank: the sum of the funds, ', {{ money_text('budgets.budget_cny') }},
            ' yuan, stands for it'
        ) as message_en,
        current_forms.budget_source_ref as source_ref
    from budgets
    inner join current_forms on budgets.project_id = current_forms.project_id
    where budgets.budget_basis = 'sum_of_funds' and not budgets.is_amount_unreadable
),

plans_unknown as (
    select
        'R14' as rule_id,
        project_id,
        plan_text as evidence_text,
        concat('支出计划“', {{ quoted('plan_text') }}, '”是百分比还是金额无法判断') as message_zh,
        concat('whether the plan "', {{ quoted('plan_text') }}, '" is percent or money cannot be told') as message_en,
        source_ref
    from plan_faults
    where is_plan_basis_unknown
),

plans_assumed as (
    select
        'R15' as rule_id,
        project_id,
        plan_text as evidence_text,
        concat(
            '支出计划“', {{ quoted('plan_text') }}, '”按本文件多数表推定为',
            case when plan_basis = 'ratio' then '百分比' else '金额' end
        ) as message_zh,
        concat(
            'the plan "', {{ quoted('plan_text') }}, '" was taken for ',
            case when plan_basis = 'ratio' then 'percent' else 'money' end, ' because most forms of the document are'
        ) as message_en,
        source_ref
    from plan_faults
    where is_plan_basis_assumed
),

plans_mixed as (
    select
        'R16' as rule_id,
        project_id,
        plan_text as evidence_text,
        concat('支出计划“', {{ quoted('plan_text') }}, '”既有百分比又有金额') as message_zh,
        concat('the plan "', {{ quoted('plan_text') }}, '" mixes percent and money') as message_en,
        source_ref
    from plan_faults
    where is_plan_unit_mixed
),

plans_without_unit as (
    select
        'R17' as rule_id,
        project_id,
        plan_text as evidence_text,
        concat('支出计划“', {{ quoted('plan_text') }}, '”是金额而没有单位') as message_zh,
        concat('the plan "', {{ quoted('plan_text') }}, '" is money without a unit') as message_en,
        source_ref
    from plan_faults
    where is_plan_unit_missing
),

plans_not_read as (
    select
        'R18' as rule_id,
        project_id,
        unreadable_text as evidence_text,
        concat('支出计划“', {{ quoted('unreadable_text') }}, '”不是单一数字') as message_zh,
        concat('the plan value "', {{ quoted('unreadable_text') }}, '" is no single figure') as message_en,
        unreadable_source_ref as source_ref
    from plan_faults
    where is_value_unreadable
),

codes_doubled as (
    select
        'R19' as rule_id,
        project_codes.project_id,
        project_codes.project_code as evidence_text,
        concat('项目编码“', project_codes.project_code, '”在文件内重复') as message_zh,
        concat('the project code "', project_codes.project_code, '" stands more than once in the document')
            as message_en,
        cast(null as varchar) as source_ref
    from project_codes
    where not project_codes.is_code_unique and project_codes.code_pattern <> 'missing'
),

names_missing as (
    select
        'R20' as rule_id,
        project_id,
        project_code as evidence_text,
        '项目名称没有填' as message_zh,
        'no project name is printed' as message_en,
        source_ref
    from current_forms
    where project_name is null or {{ is_dash('project_name') }}
),

combined as (
    select * from units_missing
    union all
    select * from units_contradictory
    union all
    select * from amounts_not_read
    union all
    select * from amounts_blank
    union all
    select * from budgets_from_funds
    union all
    select * from plans_unknown
    union all
    select * from plans_assumed
    union all
    select * from plans_mixed
    union all
    select * from plans_without_unit
    union all
    select * from plans_not_read
    union all
    select * from codes_doubled
    union all
    select * from names_missing
),

findings as (
    select
        combined.rule_id,
        'project' as subject_type,
        current_forms.document_id,
        combined.project_id,
        cast(null as integer) as indicator_no,
        combined.evidence_text,
        combined.message_zh,
        combined.message_en,
        coalesce(combined.source_ref, current_forms.source_ref) as source_ref
    from combined
    inner join current_forms on combined.project_id = current_forms.project_id
)

select * from findings
