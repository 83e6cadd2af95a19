with indicators as (
    select * from {{ ref('int_indicator_plain_text') }}
),

distinct_texts as (
    select distinct basis_text from indicators
    where basis_text is not null
),

-- each text is read once: a few hundred documents stand behind most targets
texts as (
    select
        basis_text,
        {{ is_dash('basis_text') }} as is_nothing,
        {{ regexp_like(narrow(without_space('basis_text')), "'^[^《]*是否[^《]*$|[?？]$'") }} as is_question
    from distinct_texts
),

judged as (
    select
        indicators.*,
        case
            when indicators.basis_plain_text is null or texts.is_nothing then 'missing'
            when texts.is_question then 'question'
            when
                indicators.basis_plain_text = indicators.description_plain_text
                and indicators.basis_plain_text = indicators.name_plain_text then 'both'
            when indicators.basis_plain_text = indicators.description_plain_text then 'description'
            when indicators.basis_plain_text = indicators.name_plain_text then 'name'
        end as fault
    from indicators
    left join texts on indicators.basis_text = texts.basis_text
),

described as (
    select
        'Q26' as rule_id,
        'indicator' as subject_type,
        document_id,
        project_id,
        indicator_no,
        coalesce(basis_text, row_text) as evidence_text,
        case fault
            when 'missing' then concat('指标“', label_text, '”没有写指标值确定依据')
            when 'question' then concat('指标值确定依据“', basis_quote, '”是问句，不是依据')
            when 'both' then concat('指标值确定依据“', basis_quote, '”只是重复三级指标和指标描述')
            when 'name' then concat('指标值确定依据“', basis_quote, '”只是重复三级指标')
            else concat('指标值确定依据“', basis_quote, '”只是重复指标描述')
        end as message_zh,
        case fault
            when 'missing' then concat('indicator "', label_text, '" states no basis of its target')
            when 'question' then concat('basis "', basis_quote, '" is a question')
            when 'both' then concat('basis "', basis_quote, '" only repeats the level-3 name and the description')
            when 'name' then concat('basis "', basis_quote, '" only repeats the level-3 name')
            else concat('basis "', basis_quote, '" only repeats the description')
        end as message_en,
        source_ref
    from judged
    where fault is not null
)

select * from described
