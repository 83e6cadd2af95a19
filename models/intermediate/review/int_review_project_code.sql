with projects as (
    select * from {{ ref('dim_project') }}
),

project_codes as (
    select * from {{ ref('int_project_code') }}
),

documents as (
    select * from {{ ref('dim_document') }}
),

forms as (
    select * from {{ ref('dim_form') }}
),

predecessors as (
    select * from {{ ref('int_division_predecessor') }}
),

described as (
    select
        projects.*,
        forms.has_code,
        cast(length(projects.project_code) as string) as code_length,
        project_codes.code_division_code,
        -- a county keeps project codes of the time before it was renamed
        project_codes.code_division_code = projects.division_code
        or predecessors.predecessor_code is not null as is_same_division,
        documents.division_basis = 'code_majority' as is_division_from_codes
    from projects
    left join project_codes on projects.project_id = project_codes.project_id
    left join documents on projects.document_id = documents.document_id
    left join forms on projects.form_id = forms.form_id
    left join predecessors
        on
            projects.division_code = predecessors.division_code
            and project_codes.code_division_code = predecessors.predecessor_code
),

judged as (
    select
        rules.rule_id,
        described.document_id,
        described.project_id,
        -- NULL: nothing to compare
        case rules.rule_id
            when 'Q24' then case when described.has_code then described.code_pattern in ('unrecognised', 'missing') end
            when 'Q25'
                then case
                    -- a code that helped to find the division cannot confirm it
                    when not (described.is_division_from_codes and described.is_same_division)
                        then not described.is_same_division
                end
            when 'Q29' then described.code_year > described.fiscal_year
        end as is_failing,
        case
            when rules.rule_id = 'Q24' then case described.code_pattern when 'missing' then 'missing' else 'unknown' end
        end as message_case,
        case rules.rule_id
            when 'Q24'
                then case described.code_pattern
                    when 'missing' then coalesce(described.project_code, '项目编码（空白）')
                    else concat_ws('', described.project_code, '（', described.code_length, ' 个字符）')
                end
            when 'Q25' then described.project_code
            when 'Q29'
                then concat_ws(
                    '',
                    described.project_code, '：', cast(described.code_year as string), ' > ',
                    cast(described.fiscal_year as string)
                )
        end as evidence_text,
        described.source_ref,
        described.project_name,
        described.project_code,
        described.code_length,
        described.code_division_code,
        described.division_code,
        described.code_year,
        described.fiscal_year
    from described
    cross join (values ('Q24'), ('Q25'), ('Q29')) as rules (rule_id)
),

reviewed as (
    {{ reviewed(
        'judged', 'project',
        [
            'project_name', 'project_code', 'code_length', 'code_division_code', 'division_code', 'code_year',
            'fiscal_year'
        ],
        case='message_case'
    ) }}
)

select * from reviewed
