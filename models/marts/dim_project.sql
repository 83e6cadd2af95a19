with contexts as (
    select * from {{ to_read(ref('int_project_context'), 'document_id') }}
    where is_current
),

projects as (
    select * from {{ to_read(ref('int_corrected_project'), 'document_id') }}
),

goals as (
    select * from {{ to_read(ref('int_corrected_goal'), 'document_id') }}
),

identities as (
    select * from {{ to_read(ref('int_project_identity'), 'document_id') }}
),

project_codes as (
    select * from {{ to_read(ref('int_project_code'), 'document_id') }}
),

budgets as (
    select * from {{ ref('int_project_budget') }}
),

themes as (
    select * from {{ ref('int_project_theme') }}
),

contents as (
    select * from {{ ref('int_project_content') }}
),

forms as (
    select * from {{ to_read(ref('int_form'), 'document_id') }}
),

attributes as (
    select * from {{ to_read(ref('int_project_attribute'), 'document_id') }}
),

term_words as (
    select * from {{ ref('term_word') }}
),

goal_terms as (
    {{ labels_read('goals', 'term_words', 'term') }}
),

-- the year's goals; all of them where none says that it is the year's
year_goals as (
    select
        goals.document_id,
        goals.project_no,
        goals.goal_no,
        goals.goal_text
    from goals
    left join goal_terms on goals.label_text = goal_terms.label_text
    qualify
        coalesce(goal_terms.term = 'annual', false)
        or not bool_or(coalesce(goal_terms.term = 'annual', false)) over (
            partition by goals.document_id, goals.project_no
        )
),

joined_goals as (
    select
        document_id,
        project_no,
        {{ text_in_order('goal_text', 'goal_no', 'chr(10)') }} as goal_text
    from year_goals
    group by document_id, project_no
),

described as (
    select
        contexts.project_id,
        identities.project_key,
        contexts.document_id,
        contexts.unit_id,
        contexts.division_id,
        contexts.division_code,
        contexts.fiscal_year,
        contexts.fiscal_year_start_date,
        contexts.project_no,
        forms.form_id,
        forms.form_family,
        project_codes.project_code,
        project_codes.code_pattern,
        cast(project_codes.code_year as integer) as code_year,
        project_codes.code_year < contexts.fiscal_year as is_carryover,
        projects.project_name,
        projects.purpose_text,
        joined_goals.goal_text,
        attributes.department_name,
        -- a card has a unit line; in other forms the unit is the implementer, unless the department stands in for it
        case
            when forms.form_family <> 'performance_card' and not projects.is_unit_department then projects.unit_name
        end as implementer_name,
        coalesce(attributes.nature_type, 'unknown') as nature_type,
        attributes.start_date,
        attributes.end_date,
        coalesce(budgets.form_unit, 'unknown') as amount_unit,
        themes.theme,
        themes.theme_evidence_text,
        contents.has_personal_content,
        projects.source_ref
    from contexts
    inner join projects
        on
            contexts.document_id = projects.document_id
            and contexts.project_no = projects.project_no
    inner join identities on contexts.project_id = identities.project_id
    inner join project_codes on contexts.project_id = project_codes.project_id
    inner join budgets on contexts.project_id = budgets.project_id
    left join forms on projects.document_id = forms.document_id and projects.form_no = forms.form_no
    left join attributes
        on
            contexts.document_id = attributes.document_id
            and contexts.project_no = attributes.project_no
    left join joined_goals
        on
            contexts.document_id = joined_goals.document_id
            and contexts.project_no = joined_goals.project_no
    left join themes on contexts.project_id = themes.project_id
    left join contents on contexts.project_id = contents.project_id
)

select * from described
