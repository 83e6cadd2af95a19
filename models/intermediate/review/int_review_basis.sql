with forms as (
    select * from {{ ref('dim_form') }}
    where has_basis
),

projects as (
    select * from {{ to_read_by_fact(ref('dim_project')) }}
),

-- a form without the field states no basis anywhere
indicators as (
    select indicators_of_all_forms.*
    from {{ to_read_by_fact(ref('int_quality_indicator')) }} as indicators_of_all_forms
    inner join projects on indicators_of_all_forms.project_id = projects.project_id
    inner join forms on projects.form_id = forms.form_id
),

distinct_texts as (
    select distinct basis_text from indicators
    where basis_text is not null
),

-- each text is read once: a few hundred documents name the basis of most targets
texts as (
    select
        basis_text,
        {{ is_dash('basis_text') }} as is_nothing,
        {{ regexp_like(narrow(without_space('basis_text')), "'^[^《]*是否[^《]*$|[?？]$'") }} as is_question
    from distinct_texts
),

described as (
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

judged as (
    select
        'Q26' as rule_id,
        document_id,
        project_id,
        indicator_no,
        fault is not null as is_failing,
        fault,
        coalesce(basis_text, row_text) as evidence_text,
        source_ref,
        label_text,
        basis_quote
    from described
),

asked as (
    select distinct
        'Q26' as rule_id,
        document_id,
        project_id
    from indicators
),

reviewed as (
    {{ reviewed('judged', 'indicator', ['label_text', 'basis_quote'], case='fault', asked='asked') }}
)

select * from reviewed
