with indicators as (
    select * from {{ to_read_by_fact(ref('int_quality_indicator')) }}
),

judged as (
    select
        rules.rule_id,
        indicators.document_id,
        indicators.project_id,
        indicators.indicator_no,
        case rules.rule_id
            when 'Q05' then not indicators.is_quantified
            when 'Q06'
                then
                    indicators.target_kind <> 'blank'
                    and (
                        indicators.target_plain_text = indicators.description_plain_text
                        or indicators.target_plain_text = indicators.name_plain_text
                    )
            when 'Q07' then indicators.target_kind = 'blank'
            when 'Q08' then indicators.target_kind = 'yes_no'
            when 'Q09' then indicators.name_plain_text = indicators.level2_plain_text
        end as is_failing,
        case rules.rule_id
            when 'Q05' then case indicators.target_kind when 'blank' then 'blank' else 'stated' end
            when 'Q06'
                then case
                    when
                        indicators.target_plain_text = indicators.description_plain_text
                        and indicators.target_plain_text = indicators.name_plain_text then 'both'
                    when indicators.target_plain_text = indicators.name_plain_text then 'name'
                    else 'description'
                end
        end as message_case,
        case
            when rules.rule_id = 'Q09' then indicators.row_text
            else coalesce(indicators.target_text, indicators.row_text)
        end as evidence_text,
        case rules.rule_id
            when 'Q09' then indicators.source_ref
            else indicators.target_source_ref
        end as source_ref,
        indicators.label_text,
        indicators.target_quote,
        indicators.name_plain_text
    from indicators
    cross join (values ('Q05'), ('Q06'), ('Q07'), ('Q08'), ('Q09')) as rules (rule_id)
),

asked as (
    select distinct
        rules.rule_id,
        indicators.document_id,
        indicators.project_id
    from indicators
    cross join (values ('Q05'), ('Q06'), ('Q07'), ('Q08'), ('Q09')) as rules (rule_id)
),

reviewed as (
    {{ reviewed(
        'judged', 'indicator', ['label_text', 'target_quote', 'name_plain_text'], case='message_case', asked='asked'
    ) }}
)

select * from reviewed
