with projects as (
    select * from {{ ref('dim_project') }}
),

plan_bases as (
    select * from {{ ref('int_plan_basis') }}
),

points as (
    select * from {{ ref('int_spending_plan') }}
),

printed_plans as (
    select
        project_id,
        min(plan_basis) as plan_basis
    from points
    where is_stated or is_value_unreadable
    group by project_id
),

plan_faults as (
    select
        plan_bases.project_id,
        plan_bases.plan_basis,
        plan_bases.is_plan_basis_unknown,
        not plan_bases.is_basis_proven and plan_bases.plan_basis <> 'none' as is_plan_basis_assumed,
        plan_bases.is_plan_unit_mixed,
        bool_or(points.is_plan_unit_missing) as is_plan_unit_missing,
        bool_or(points.is_value_unreadable) as is_value_unreadable,
        {{ text_in_order(
            "case when points.value_text is not null
                then concat_ws('', cast(points.checkpoint_month as string), '月底 ', points.value_text) end",
            'points.checkpoint_month', "'；'"
        ) }} as plan_text,
        {{ text_in_order(
            "case when points.value_text is not null then points.source_ref end", 'points.checkpoint_month', "'+'"
        ) }} as source_ref,
        {{ text_in_order(
            "case when points.is_value_unreadable
                then concat_ws('', cast(points.checkpoint_month as string), '月底 ', points.value_text) end",
            'points.checkpoint_month', "'；'"
        ) }} as unreadable_text,
        {{ text_in_order(
            "case when points.is_value_unreadable then points.source_ref end", 'points.checkpoint_month', "'+'"
        ) }} as unreadable_source_ref,
        bool_or(points.is_value_implausible) as is_value_implausible,
        {{ text_in_order(
            "case when points.is_value_implausible
                then concat_ws('', cast(points.checkpoint_month as string), '月底 ', points.value_text) end",
            'points.checkpoint_month', "'；'"
        ) }} as implausible_text,
        {{ text_in_order(
            "case when points.is_value_implausible then points.source_ref end", 'points.checkpoint_month', "'+'"
        ) }} as implausible_source_ref
    from plan_bases
    inner join points on plan_bases.project_id = points.project_id
    where
        plan_bases.is_plan_basis_unknown
        or plan_bases.is_plan_unit_mixed
        or not plan_bases.is_basis_proven
        or points.is_plan_unit_missing
        or points.is_value_unreadable
        or points.is_value_implausible
    group by all
),

judged as (
    select
        rules.rule_id,
        projects.document_id,
        projects.project_id,
        case
            when
                case rules.rule_id
                    when 'R14' then plan_faults.is_plan_basis_unknown
                    when 'R15' then plan_faults.is_plan_basis_assumed
                    when 'R16' then plan_faults.is_plan_unit_mixed
                    when 'R17' then plan_faults.is_plan_unit_missing
                    when 'R18' then plan_faults.is_value_unreadable
                    when 'R34' then plan_faults.is_value_implausible
                end then true
            -- what is no money needs no unit
            when rules.rule_id = 'R17' then case when printed_plans.plan_basis = 'amount' then false end
            when printed_plans.project_id is not null then false
        end as is_failing,
        case when rules.rule_id = 'R15' then plan_faults.plan_basis end as message_case,
        case rules.rule_id
            when 'R18' then plan_faults.unreadable_text
            when 'R34' then plan_faults.implausible_text
            else plan_faults.plan_text
        end as evidence_text,
        coalesce(
            case rules.rule_id
                when 'R18' then plan_faults.unreadable_source_ref
                when 'R34' then plan_faults.implausible_source_ref
                else plan_faults.source_ref
            end,
            projects.source_ref
        ) as source_ref,
        {{ quoted('plan_faults.plan_text') }} as plan_quote,
        {{ quoted('plan_faults.unreadable_text') }} as unreadable_quote,
        {{ quoted('plan_faults.implausible_text') }} as implausible_quote
    from projects
    left join printed_plans on projects.project_id = printed_plans.project_id
    left join plan_faults on projects.project_id = plan_faults.project_id
    cross join (values ('R14'), ('R15'), ('R16'), ('R17'), ('R18'), ('R34')) as rules (rule_id)
),

reviewed as (
    {{ reviewed('judged', 'project', ['plan_quote', 'unreadable_quote', 'implausible_quote'], case='message_case') }}
)

select * from reviewed
