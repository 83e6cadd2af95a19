with plans as (
    select * from {{ ref('int_plan_review') }}
),

judged as (
    select
        rules.rule_id,
        plans.document_id,
        plans.project_id,
        -- NULL: nothing to judge
        case rules.rule_id
            when 'Q20' then plans.stated_count < 4
            when 'Q21' then case when plans.stated_count > 0 then plans.fall_text is not null end
            when 'Q22' then not plans.is_december_whole
            when 'Q23' then not plans.is_header_fitting
        end as is_failing,
        case rules.rule_id
            when 'Q22' then case plans.plan_basis when 'amount' then 'amount' else 'ratio' end
            when 'Q23' then plans.header_basis
        end as message_case,
        case rules.rule_id
            when 'Q20' then plans.points_text
            when 'Q21' then plans.fall_text
            when 'Q22'
                then case plans.plan_basis
                    when 'amount'
                        then concat_ws(
                            '',
                            '12月底 ', plans.december_text, '：', cast(plans.december_cny as string), ' 元 − 预算 ',
                            cast(plans.december_base_cny as string), ' 元 = ',
                            cast(plans.december_cny - plans.december_base_cny as string), ' 元'
                        )
                    else concat_ws('', '12月底 ', plans.december_text, ' ≠ 100%')
                end
            when 'Q23' then concat_ws('', plans.plan_header_text, '：', plans.points_text)
        end as evidence_text,
        case rules.rule_id
            when 'Q20' then plans.gap_source_ref
            when 'Q21' then plans.fall_source_ref
            when 'Q22' then plans.december_source_ref
            when 'Q23' then plans.stated_source_ref
        end as source_ref,
        plans.stated_count,
        plans.points_text,
        plans.gap_names,
        plans.gap_names_en,
        plans.fall_text,
        plans.fall_text_en,
        plans.december_text,
        plans.december_cny,
        plans.december_base_cny,
        plans.december_cny - plans.december_base_cny as difference_cny,
        {{ quoted('plans.plan_header_text') }} as header_quote
    from plans
    cross join (values ('Q20'), ('Q21'), ('Q22'), ('Q23')) as rules (rule_id)
),

reviewed as (
    {{ reviewed(
        'judged', 'project',
        [
            'stated_count', 'points_text', 'gap_names', 'gap_names_en', 'fall_text', 'fall_text_en', 'december_text',
            'december_cny', 'december_base_cny', 'difference_cny', 'header_quote'
        ],
        case='message_case'
    ) }}
)

select * from reviewed
