{#- What the words of a text cannot decide, figures do: computed amounts, and parts without a total, are taken for the
    whole only where they come near the budget; an approximate figure may be a tenth off. -#}
{% set computed_band = ('0.5', '2') %}
{% set single_part_band = ('0.9', '1.1') %}
{% set vague_tolerance = '0.1' %}

with projects as (
    select * from {{ ref('dim_project') }}
),

budgets as (
    select * from {{ ref('fct_project_budget') }}
    where budget_cny is not null
),

claims as (
    select * from {{ ref('int_text_claim') }}
    where claim_cny is not null
),

goals as (
    select
        document_id,
        project_no,
        {{ text_in_order('source_ref', 'goal_no', "'+'") }} as source_ref
    from {{ source('staging', 'goal') }}
    group by document_id, project_no
),

fields as (
    select
        project_id,
        'purpose' as field,
        {{ prose_head('purpose_text') }} as printed_text,
        source_ref
    from projects
    union all
    select
        projects.project_id,
        'goal' as field,
        {{ prose_head('projects.goal_text') }} as printed_text,
        goals.source_ref
    from projects
    inner join goals on projects.document_id = goals.document_id and projects.project_no = goals.project_no
),

compared as (
    select
        fields.project_id,
        fields.field,
        fields.source_ref,
        budgets.budget_cny,
        claims.claim_type,
        claims.number_no,
        claims.claim_cny,
        claims.expression_text,
        claims.is_vague,
        case when claims.is_vague then cast(budgets.budget_cny * {{ vague_tolerance }} as decimal(18, 2)) else 0 end
            as tolerance_cny
    from fields
    inner join budgets on fields.project_id = budgets.project_id
    inner join claims on fields.printed_text = claims.printed_text
),

summed as (
    select
        project_id,
        field,
        source_ref,
        budget_cny,
        claim_type,
        count(*) as claim_count,
        cast(sum(claim_cny) as decimal(28, 2)) as claim_cny,
        bool_or(is_vague) as is_vague,
        bool_or(abs(claim_cny - budget_cny) <= tolerance_cny) as is_one_the_budget,
        {{ text_in_order('expression_text', 'number_no', "'+'") }} as expression_text
    from compared
    group by project_id, field, source_ref, budget_cny, claim_type
),

-- what else the same text says
companions as (
    select
        project_id,
        field,
        bool_or(claim_type = 'total') as has_total,
        bool_or(claim_type = 'computed') as has_computed,
        bool_or(claim_type = 'part') as has_part,
        sum(case when claim_type in ('computed', 'part') then claim_cny end) as computed_and_parts_cny
    from summed
    group by project_id, field
),

judged as (
    select
        summed.*,
        coalesce(
            (summed.is_one_the_budget and summed.claim_type <> 'computed')
            or abs(summed.claim_cny - summed.budget_cny)
            <= case
                when summed.is_vague then cast(summed.budget_cny * {{ vague_tolerance }} as decimal(18, 2))
                else 0
            end
            or (summed.claim_type <> 'total' and companions.computed_and_parts_cny = summed.budget_cny),
            false
        ) as is_reconciled,
        case
            when summed.claim_type = 'total' then true
            when summed.claim_type = 'computed'
                then
                    (
                        summed.claim_cny between summed.budget_cny * {{ computed_band[0] }}
                        and summed.budget_cny * {{ computed_band[1] }}
                    )
                    -- a total is beside it and nothing else: it is what the total is made of
                    or (companions.has_total and not companions.has_part)
            when companions.has_total or companions.has_computed then false
            when summed.claim_count = 1
                then
                    summed.claim_cny between summed.budget_cny * {{ single_part_band[0] }}
                    and summed.budget_cny * {{ single_part_band[1] }}
            else
                summed.claim_cny between summed.budget_cny * {{ computed_band[0] }}
                and summed.budget_cny * {{ computed_band[1] }}
        end as is_about_the_budget
    from summed
    inner join companions on summed.project_id = companions.project_id and summed.field = companions.field
),

checked as (
    select
        project_id,
        field,
        claim_type,
        budget_cny,
        claim_cny,
        is_reconciled,
        concat_ws(
            '',
            expression_text, ' = ', {{ money_text('claim_cny') }}, '元', case when is_vague then '（约数）' else '' end,
            '；预算 ', {{ money_text('budget_cny') }}, '元；差 ', {{ money_text('(claim_cny - budget_cny)') }}, '元'
        ) as evidence_text,
        source_ref
    from judged
    where is_reconciled or is_about_the_budget
)

select * from checked
