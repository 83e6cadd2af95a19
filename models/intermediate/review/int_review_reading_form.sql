with projects as (
    select * from {{ to_read_by_fact(ref('dim_project')) }}
),

forms as (
    select * from {{ to_read_by_fact(ref('int_corrected_project')) }}
),

kinds_of_form as (
    select * from {{ to_read_by_fact(ref('dim_form')) }}
),

budgets as (
    select * from {{ ref('int_project_budget') }}
),

-- those of the projects that are read: where rows are kept, or made in parts, they are a part of all
amounts as (
    select amounts.*
    from {{ ref('int_project_amount') }} as amounts
    inner join projects on amounts.project_id = projects.project_id
),

amount_units as (
    select * from {{ to_read_by_fact(ref('int_project_amount_unit')) }}
),

project_codes as (
    select * from {{ to_read_by_fact(ref('int_project_code')) }}
),

amounts_by_project as (
    select
        project_id,
        bool_or(not is_dash) as has_amount,
        {{ text_in_order('amount_text', 'source_ref', "'；'") }} filter (where is_amount_unit_missing)
            as unitless_texts,
        {{ text_in_order('source_ref', 'source_ref', "'+'") }} filter (where is_amount_unit_missing)
            as unitless_source_ref,
        {{ text_in_order('amount_text', 'source_ref', "'；'") }} filter (where is_amount_unreadable)
            as unreadable_texts,
        {{ text_in_order('source_ref', 'source_ref', "'+'") }} filter (where is_amount_unreadable)
            as unreadable_source_ref,
        {{ text_in_order('amount_text', 'source_ref', "'；'") }} filter (where is_amount_implausible)
            as implausible_texts,
        {{ text_in_order('source_ref', 'source_ref', "'+'") }} filter (where is_amount_implausible)
            as implausible_source_ref,
        -- two funds may each be a budget, and their sum none
        {{ text_in_order('amount_text', 'source_ref', "'；'") }} filter (where amount_type <> 'stated_budget')
            as fund_texts
    from amounts
    group by project_id
),

described as (
    select
        projects.project_id,
        projects.document_id,
        projects.project_code,
        projects.project_name,
        projects.code_pattern,
        projects.source_ref,
        forms.amount_unit_text,
        coalesce(forms.total_budget_source_ref, projects.source_ref) as budget_source_ref,
        kinds_of_form.has_money,
        coalesce(amounts_by_project.has_amount, false) as has_amount,
        amounts_by_project.unitless_texts,
        amounts_by_project.unitless_source_ref,
        amounts_by_project.unreadable_texts,
        amounts_by_project.unreadable_source_ref,
        case
            when budgets.is_amount_implausible
                then coalesce(amounts_by_project.implausible_texts, amounts_by_project.fund_texts)
        end as implausible_texts,
        amounts_by_project.implausible_source_ref,
        amount_units.is_amount_unit_conflict,
        budgets.budget_cny,
        budgets.budget_basis,
        case when budgets.budget_basis = 'sum_of_funds' then {{ money_text('budgets.budget_cny') }} end as budget_text,
        project_codes.is_code_unique
    from projects
    inner join forms on projects.document_id = forms.document_id and projects.project_no = forms.project_no
    inner join kinds_of_form on projects.form_id = kinds_of_form.form_id
    left join amounts_by_project on projects.project_id = amounts_by_project.project_id
    left join amount_units on projects.project_id = amount_units.project_id
    left join budgets on projects.project_id = budgets.project_id
    left join project_codes on projects.project_id = project_codes.project_id
),

judged as (
    select
        rules.rule_id,
        described.document_id,
        described.project_id,
        -- NULL: the form does not print what the rule is about
        case
            when rules.rule_id = 'R09' and described.has_amount
                then described.unitless_texts is not null and not described.is_amount_unit_conflict
            when rules.rule_id = 'R10' and described.has_amount
                then described.unitless_texts is not null and described.is_amount_unit_conflict
            when rules.rule_id = 'R11' and described.has_amount then described.unreadable_texts is not null
            when rules.rule_id = 'R12' and described.has_money then not described.has_amount
            when rules.rule_id = 'R13' and described.budget_cny is not null
                then
                    described.budget_basis = 'sum_of_funds'
                    and described.unreadable_texts is null
                    and described.implausible_texts is null
            when rules.rule_id = 'R19' and described.code_pattern <> 'missing' then not described.is_code_unique
            when rules.rule_id = 'R20'
                then described.project_name is null or {{ is_dash('described.project_name') }}
            when rules.rule_id = 'R33' and described.has_amount then described.implausible_texts is not null
        end as is_failing,
        case
            when rules.rule_id = 'R09' then described.unitless_texts
            when rules.rule_id = 'R10' then concat_ws('', described.amount_unit_text, '：', described.unitless_texts)
            when rules.rule_id = 'R11' then described.unreadable_texts
            when rules.rule_id = 'R13' then concat_ws('', '资金合计 ', described.budget_text, '元')
            when rules.rule_id in ('R19', 'R20') then described.project_code
            when rules.rule_id = 'R33' then described.implausible_texts
        end as evidence_text,
        coalesce(
            case
                when rules.rule_id in ('R09', 'R10') then described.unitless_source_ref
                when rules.rule_id = 'R11' then described.unreadable_source_ref
                when rules.rule_id = 'R13' then described.budget_source_ref
                when rules.rule_id = 'R33' then described.implausible_source_ref
            end,
            described.source_ref
        ) as source_ref,
        {{ quoted('described.unitless_texts') }} as unitless_quote,
        {{ quoted('described.unreadable_texts') }} as unreadable_quote,
        {{ quoted('described.implausible_texts') }} as implausible_quote,
        {{ quoted('described.amount_unit_text') }} as unit_quote,
        described.budget_text,
        described.project_code
    from described
    cross join (
        values ('R09'), ('R10'), ('R11'), ('R12'), ('R13'), ('R19'), ('R20'), ('R33')
    ) as rules (rule_id)
),

reviewed as (
    {{ reviewed(
        'judged', 'project',
        ['unitless_quote', 'unreadable_quote', 'implausible_quote', 'unit_quote', 'budget_text', 'project_code']
    ) }}
)

select * from reviewed
