with forms as (
    select * from {{ source('staging', 'form') }}
),

projects as (
    select * from {{ ref('int_corrected_project') }}
),

plan_points as (
    select distinct
        document_id,
        project_no
    from {{ ref('int_corrected_plan_point') }}
    where value_text is not null
),

indicators as (
    select
        document_id,
        project_no,
        coalesce(bool_or(basis_text is not null), false) as has_basis
    from {{ ref('int_corrected_indicator') }}
    group by document_id, project_no
),

weights as (
    select distinct
        document_id,
        project_no
    from {{ source('staging', 'indicator_attribute') }}
    where {{ regexp_like('label_text', "'权重|分值|分数|权数'") }}
),

money_cells as (
    select distinct
        document_id,
        project_no
    from {{ source('staging', 'fund') }}
),

-- what a form says of the year and of other terms: labels of money, of goals, of indicators
labels as (
    select distinct
        document_id,
        project_no,
        label_text
    from {{ ref('int_corrected_goal') }}
    union
    select distinct
        document_id,
        project_no,
        term_text as label_text
    from {{ ref('int_corrected_indicator') }}
),

words as (
    select * from {{ ref('term_word') }}
),

label_terms as (
    {{ labels_read('labels', 'words', 'term') }}
),

terms as (
    select
        labels.document_id,
        labels.project_no,
        label_terms.term
    from labels
    inner join label_terms on labels.label_text = label_terms.label_text
    union
    select
        document_id,
        project_no,
        term
    from {{ ref('int_fund_cell') }}
),

project_terms as (
    select
        document_id,
        project_no,
        bool_or(term = 'medium_term') as has_medium_term,
        bool_or(term = 'whole_period') as has_whole_period
    from terms
    group by document_id, project_no
),

printed as (
    select
        projects.document_id,
        projects.form_no,
        bool_or(projects.plan_header_text is not null or plan_points.project_no is not null) as has_plan,
        bool_or(projects.project_code is not null) as has_code,
        bool_or(projects.purpose_text is not null) as has_purpose,
        coalesce(bool_or(indicators.has_basis), false) as has_basis,
        bool_or(weights.project_no is not null) as has_weight,
        bool_or(money_cells.project_no is not null) as has_money,
        coalesce(bool_or(project_terms.has_medium_term), false) as has_medium_term,
        coalesce(bool_or(project_terms.has_whole_period), false) as has_whole_period
    from projects
    left join plan_points
        on projects.document_id = plan_points.document_id and projects.project_no = plan_points.project_no
    left join indicators
        on projects.document_id = indicators.document_id and projects.project_no = indicators.project_no
    left join weights
        on projects.document_id = weights.document_id and projects.project_no = weights.project_no
    left join money_cells
        on projects.document_id = money_cells.document_id and projects.project_no = money_cells.project_no
    left join project_terms
        on projects.document_id = project_terms.document_id and projects.project_no = project_terms.project_no
    group by projects.document_id, projects.form_no
),

-- one plan or one code in a document shows that its cards have both fields and a basis: what a card of it leaves blank
-- is missing. Where no card of a document has any, the form has none (天津).
whole_cards as (
    select distinct printed.document_id
    from printed
    inner join forms on printed.document_id = forms.document_id and printed.form_no = forms.form_no
    where forms.form_family = 'performance_card' and (printed.has_plan or printed.has_code)
),

years as (
    select
        document_id,
        form_no,
        {{ regexp_distinct(arabic_digits(narrow(without_space('year_text'))), "'(20[0-4][0-9]|2050)'") }} as years
    from forms
    where year_text is not null
),

described as (
    select
        forms.document_id || '-' || cast(forms.form_no as string) as form_id,
        forms.document_id,
        forms.form_no,
        forms.form_family,
        forms.subject_type,
        forms.year_text,
        try_cast({{ list_only('years.years') }} as integer) as fiscal_year,
        {{ list_size('years.years') }} > 1 as is_year_ambiguous,
        case
            when printed.has_medium_term then 'medium_and_annual'
            when printed.has_whole_period then 'whole_and_annual'
            else 'annual'
        end as term_layout,
        whole_cards.document_id is not null or coalesce(printed.has_plan, false) as has_plan,
        whole_cards.document_id is not null or coalesce(printed.has_code, false) as has_code,
        whole_cards.document_id is not null or coalesce(printed.has_basis, false) as has_basis,
        forms.form_family = 'performance_card' or coalesce(printed.has_purpose, false) as has_purpose,
        coalesce(printed.has_weight, false) as has_weight,
        -- a list may have its money in another table; any other form has a place for it, found or not
        coalesce(forms.form_family, '') <> 'target_list' or coalesce(printed.has_money, false) as has_money,
        forms.is_loaded,
        forms.source_ref
    from forms
    left join printed on forms.document_id = printed.document_id and forms.form_no = printed.form_no
    left join years on forms.document_id = years.document_id and forms.form_no = years.form_no
    left join whole_cards
        on forms.document_id = whole_cards.document_id and forms.form_family = 'performance_card'
)

select * from described
