with projects as (
    select * from {{ to_read_by_fact(ref('dim_project')) }}
),

forms as (
    select * from {{ to_read_by_fact(ref('dim_form')) }}
),

indicators as (
    select * from {{ to_read_by_fact(ref('fct_indicator_target')) }}
    where term = 'annual'
),

rejected_rows as (
    select
        document_id,
        {{ first_line('source_ref') }} as line_no
    from {{ source('staging', 'rejection') }}
    where reason_code = 'bad_row'
),

required_categories as (
    select * from {{ ref('quality_required_category') }}
),

requirements as (
    select distinct
        requirement_no,
        requirement_name,
        requirement_name_en
    from required_categories
),

form_lines as (
    select
        project_id,
        document_id,
        {{ first_line('source_ref') }} as first_line,
        lead({{ first_line('source_ref') }}) over (partition by document_id order by project_no) as next_form_line
    from projects
),

projects_with_rejected_rows as (
    select distinct form_lines.project_id
    from form_lines
    inner join rejected_rows
        on
            form_lines.document_id = rejected_rows.document_id
            and form_lines.first_line <= rejected_rows.line_no
            and (form_lines.next_form_line is null or form_lines.next_form_line > rejected_rows.line_no)
),

projects_with_indicators as (
    select
        project_id,
        count(*) filter (where category_id = 'unknown') as unknown_count
    from indicators
    group by project_id
),

requirements_met as (
    select distinct
        indicators.project_id,
        required_categories.requirement_no
    from indicators
    inner join required_categories on indicators.category_id = required_categories.category_id
),

requirements_missed as (
    select
        projects_with_indicators.project_id,
        {{ text_in_order('requirements.requirement_name', 'requirements.requirement_no', "'、'") }} as missing_names,
        {{ text_in_order('requirements.requirement_name_en', 'requirements.requirement_no', "', '") }}
            as missing_names_en
    from projects_with_indicators
    cross join requirements
    left join requirements_met
        on
            projects_with_indicators.project_id = requirements_met.project_id
            and requirements.requirement_no = requirements_met.requirement_no
    where requirements_met.project_id is null
    group by projects_with_indicators.project_id
),

judged as (
    select
        rules.rule_id,
        projects.document_id,
        projects.project_id,
        case rules.rule_id
            when 'Q01'
                then case
                    when projects_with_indicators.project_id is not null then false
                    -- a row that is printed but could not be read is a rejection, no fault of the document
                    when projects_with_rejected_rows.project_id is null then true
                end
            when 'Q03'
                then case
                    when forms.has_purpose
                        then projects.purpose_text is null or coalesce({{ is_dash('projects.purpose_text') }}, false)
                end
            when 'Q04'
                then case
                    when projects_with_indicators.project_id is not null
                        then requirements_missed.project_id is not null
                end
        end as is_failing,
        case rules.rule_id
            when 'Q01' then '绩效指标 0 行'
            when 'Q03' then coalesce(projects.purpose_text, '资金用途（空白）')
            when 'Q04'
                then concat_ws(
                    '',
                    '缺少：', requirements_missed.missing_names,
                    case
                        when projects_with_indicators.unknown_count > 0
                            then concat_ws(
                                '',
                                '；另有 ', cast(projects_with_indicators.unknown_count as string), ' 行指标类别未识别'
                            )
                        else ''
                    end
                )
        end as evidence_text,
        projects.source_ref,
        projects.project_name,
        requirements_missed.missing_names,
        requirements_missed.missing_names_en
    from projects
    inner join forms on projects.form_id = forms.form_id
    left join projects_with_indicators on projects.project_id = projects_with_indicators.project_id
    left join projects_with_rejected_rows on projects.project_id = projects_with_rejected_rows.project_id
    left join requirements_missed on projects.project_id = requirements_missed.project_id
    cross join (values ('Q01'), ('Q03'), ('Q04')) as rules (rule_id)
),

reviewed as (
    {{ reviewed('judged', 'project', ['project_name', 'missing_names', 'missing_names_en']) }}
)

select * from reviewed
