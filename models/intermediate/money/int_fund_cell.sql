{% set year_text = narrow("concat_ws('', coalesce(label_text, ''), ' ', coalesce(column_text, ''))") %}

with cells as (
    select
        {{ project_id('funds') }} as project_id,
        funds.document_id,
        funds.project_no,
        funds.fund_no,
        funds.row_no,
        funds.label_text,
        funds.column_text,
        funds.unit_text,
        funds.value_text,
        funds.source_ref
    from {{ source('staging', 'fund') }} as funds
    inner join {{ source('staging', 'project') }} as projects
        on funds.document_id = projects.document_id and funds.project_no = projects.project_no
    inner join {{ source('staging', 'form') }} as forms
        on projects.document_id = forms.document_id and projects.form_no = forms.form_no
    -- the three amounts of a card have columns of their own
    where forms.form_family <> 'performance_card'
),

-- 2022年预算数, 2023年预算数: of the years that labels of a form print the last one is its own
years as (
    select
        project_id,
        fund_no,
        {{ regexp_first(year_text, "'20[0-4][0-9]'") }} as label_year,
        max({{ regexp_first(year_text, "'20[0-4][0-9]'") }}) over (partition by project_id) as last_year
    from cells
),

labels as (
    select label_text from cells
    union
    select column_text as label_text from cells
),

fund_words as (
    select * from {{ ref('fund_label') }}
),

term_words as (
    select * from {{ ref('term_word') }}
),

classes as (
    {{ labels_read('labels', 'fund_words', 'value', where="words.property = 'fund_class'") }}
),

measures as (
    {{ labels_read('labels', 'fund_words', 'value', where="words.property = 'measure'") }}
),

terms as (
    {{ labels_read('labels', 'term_words', 'term') }}
),

described as (
    select
        cells.*,
        coalesce(classes.value, 'unknown') as fund_class,
        -- the label of a side (中期资金总额 over 其中：财政拨款) is no measure
        case
            when cells.column_text is null or column_classes.value = 'total' and measures.value is null then 'stated'
            else coalesce(measures.value, 'stated')
        end as measure,
        case
            when years.label_year < years.last_year then 'prior_year'
            else coalesce(column_terms.term, label_terms.term)
        end as own_term,
        -- the month to whose end figures are printed: 1-6月执行数
        case
            when {{ regexp_like('cells.column_text', "'上半年|半年度'") }} then 6
            when {{ regexp_like('cells.column_text', "'[前三]季度'") }} then 9
            else try_cast({{ regexp_first(
                narrow(without_space('cells.column_text')), "'^(?:.*[^0-9])?(1[0-2]|[1-9])月'", 1
            ) }} as integer)
        end as as_of_month
    from cells
    inner join years on cells.project_id = years.project_id and cells.fund_no = years.fund_no
    left join classes on cells.label_text = classes.label_text
    left join classes as column_classes on cells.column_text = column_classes.label_text
    left join measures on cells.column_text = measures.label_text
    left join terms as label_terms on cells.label_text = label_terms.label_text
    left join terms as column_terms on cells.column_text = column_terms.label_text
),

-- 项目资金总额 is that of all years where the form prints another total, of the year
totals as (
    select
        project_id,
        bool_or(own_term = 'annual' or own_term is null) as has_annual_total
    from described
    where fund_class = 'total'
    group by project_id
),

termed as (
    select
        described.*,
        case
            when described.own_term = 'whole_beside_annual'
                then case when totals.has_annual_total then 'whole_period' else 'annual' end
            when described.own_term is not null then described.own_term
            -- a total without a term is the year's
            when described.fund_class = 'total' then 'annual'
        end as total_term
    from described
    left join totals on described.project_id = totals.project_id
),

-- what stands below a total is of its term, down to the next total
placed as (
    select
        *,
        coalesce(
            total_term,
            {{ last_stated("case when fund_class = 'total' then total_term end") }} over (
                partition by project_id
                order by row_no, fund_no
                rows between unbounded preceding and current row
            ),
            'annual'
        ) as term
    from termed
),

chosen as (
    select
        project_id,
        document_id,
        project_no,
        fund_no,
        row_no,
        label_text,
        column_text,
        unit_text,
        value_text,
        fund_class,
        term,
        measure,
        as_of_month,
        source_ref
    from placed
)

select * from chosen
