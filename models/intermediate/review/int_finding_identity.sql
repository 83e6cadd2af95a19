with projects as (
    select * from {{ ref('dim_project') }}
),

outside_patterns as (
    select
        'Q24' as rule_id,
        document_id,
        project_id,
        case
            when code_pattern = 'missing' then coalesce(project_code, '项目编码（空白）')
            else concat(project_code, '（', cast(length(project_code) as varchar), ' 个字符）')
        end as evidence_text,
        case
            when code_pattern = 'missing' then concat('项目“', coalesce(project_name, ''), '”没有项目编码')
            else
                concat(
                    '项目编码“', project_code, '”共 ', cast(length(project_code) as varchar), ' 个字符，不符合任何已知规则'
                )
        end as message_zh,
        case
            when code_pattern = 'missing' then concat('project "', coalesce(project_name, ''), '" has no code')
            else
                concat(
                    'code "', project_code, '" of ', cast(length(project_code) as varchar),
                    ' characters fits no known pattern'
                )
        end as message_en,
        source_ref
    from projects
    where code_pattern in ('unrecognised', 'missing')
),

ahead_of_year as (
    select
        'Q29' as rule_id,
        document_id,
        project_id,
        concat(project_code, '：', cast(code_year as varchar), ' > ', cast(fiscal_year as varchar)) as evidence_text,
        concat(
            '项目编码“', project_code, '”的年份 ', cast(code_year as varchar), ' 晚于预算年度 ', cast(fiscal_year as varchar)
        ) as message_zh,
        concat(
            'the year ', cast(code_year as varchar), ' in code "', project_code, '" is after the fiscal year ',
            cast(fiscal_year as varchar)
        ) as message_en,
        source_ref
    from projects
    where code_year > fiscal_year
),

combined as (
    select * from outside_patterns
    union all
    select * from ahead_of_year
),

described as (
    select
        rule_id,
        'project' as subject_type,
        document_id,
        project_id,
        cast(null as integer) as indicator_no,
        evidence_text,
        message_zh,
        message_en,
        source_ref
    from combined
)

select * from described
