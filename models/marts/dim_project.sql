with contexts as (
    select * from {{ ref('int_project_context') }}
    where is_current
),

projects as (
    select * from {{ ref('int_corrected_project') }}
),

goals as (
    select * from {{ ref('int_corrected_goal') }}
),

identities as (
    select * from {{ ref('int_project_identity') }}
),

project_codes as (
    select * from {{ ref('int_project_code') }}
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

joined_goals as (
    select
        document_id,
        project_no,
        {{ text_in_order('goal_text', 'goal_no', 'chr(10)') }} as goal_text
    from goals
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
        project_codes.project_code,
        project_codes.code_pattern,
        cast(project_codes.code_year as integer) as code_year,
        project_codes.code_year < contexts.fiscal_year as is_carryover,
        projects.project_name,
        projects.purpose_text,
        joined_goals.goal_text,
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
    left join joined_goals
        on
            contexts.document_id = joined_goals.document_id
            and contexts.project_no = joined_goals.project_no
    left join themes on contexts.project_id = themes.project_id
    left join contents on contexts.project_id = contents.project_id
)

select * from described
