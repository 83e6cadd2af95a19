with checked as (
    select * from {{ ref('int_code_division') }}
),

findings as (
    select
        'Q25' as rule_id,
        'project' as subject_type,
        document_id,
        project_id,
        cast(null as integer) as indicator_no,
        project_code as evidence_text,
        concat(
            '项目编码“', project_code, '”的区划', code_division_code, '不是文件的区划', division_code
        ) as message_zh,
        concat(
            'project code "', project_code, '" belongs to division ', code_division_code, ', the document to ',
            division_code
        ) as message_en,
        source_ref
    from checked
    where not is_same_division
)

select * from findings
