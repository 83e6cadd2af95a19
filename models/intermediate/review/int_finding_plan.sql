with plans as (
    select
        *,
        {{ quoted('plan_header_text') }} as header_quote
    from {{ ref('int_plan_review') }}
),

incomplete as (
    select
        'Q20' as rule_id,
        document_id,
        project_id,
        points_text as evidence_text,
        concat('支出计划缺 ', gap_names, '：只填了 ', cast(stated_count as varchar), ' 个时点') as message_zh,
        concat('the spending plan lacks ', gap_names_en, ': ', cast(stated_count as varchar), ' of 4 points are stated')
            as message_en,
        gap_source_ref as source_ref
    from plans
    where stated_count < 4
),

falling as (
    select
        'Q21' as rule_id,
        document_id,
        project_id,
        fall_text as evidence_text,
        concat('累计支出计划减少：', fall_text) as message_zh,
        concat('the cumulative plan falls: ', fall_text_en) as message_en,
        fall_source_ref as source_ref
    from plans
    where fall_text is not null
),

not_whole as (
    select
        'Q22' as rule_id,
        document_id,
        project_id,
        case plan_basis
            when 'amount'
                then concat(
                    '12月底 ', december_text, '：', cast(december_cny as varchar), ' 元 − 预算 ',
                    cast(december_base_cny as varchar), ' 元 = ', cast(december_cny - december_base_cny as varchar), ' 元'
                )
            else concat('12月底 ', december_text, ' ≠ 100%')
        end as evidence_text,
        case plan_basis
            when 'amount'
                then concat(
                    '12月底累计 ', cast(december_cny as varchar), ' 元，预算 ', cast(december_base_cny as varchar),
                    ' 元，相差 ', cast(december_cny - december_base_cny as varchar), ' 元'
                )
            else concat('12月底累计“', december_text, '”，不是 100%')
        end as message_zh,
        case plan_basis
            when 'amount'
                then concat(
                    'the plan ends at ', cast(december_cny as varchar), ' yuan of a budget of ',
                    cast(december_base_cny as varchar), ', ', cast(december_cny - december_base_cny as varchar),
                    ' apart'
                )
            else concat('the plan ends at "', december_text, '", not at 100 %')
        end as message_en,
        december_source_ref as source_ref
    from plans
    where not is_december_whole
),

misheaded as (
    select
        'Q23' as rule_id,
        document_id,
        project_id,
        concat(plan_header_text, '：', points_text) as evidence_text,
        concat(
            '表头“', header_quote, '”的单位是', case header_basis when 'ratio' then '百分比' else '金额' end,
            '，所填是', case plan_basis when 'ratio' then '百分比' else '金额' end, '：', points_text
        ) as message_zh,
        concat(
            'header "', header_quote, '" says ', case header_basis when 'ratio' then 'percent' else 'money' end,
            ', the figures are ', case plan_basis when 'ratio' then 'percent' else 'money' end
        ) as message_en,
        stated_source_ref as source_ref
    from plans
    where not is_header_fitting
),

combined as (
    select * from incomplete
    union all
    select * from falling
    union all
    select * from not_whole
    union all
    select * from misheaded
),

described as (
    select
        rule_id,
        'project' as subject_type,
        document_id,
        project_id,
        cast(null as integer) as indicator_no,
        evidence_text,
        message_zh,
        message_en,
        source_ref
    from combined
)

select * from described
