with projects as (
    select
        project_id,
        document_id,
        {{ first_line('source_ref') }} as first_line,
        lead({{ first_line('source_ref') }}) over (partition by document_id order by project_no) as next_form_line
    from {{ ref('dim_project') }}
),

rejections as (
    select
        document_id,
        {{ first_line('source_ref') }} as rejected_line
    from {{ source('staging', 'rejection') }}
    where reason_code = 'bad_row'
),

counted as (
    select
        projects.project_id,
        count(*) as rejected_row_count
    from projects
    inner join rejections
        on
            projects.document_id = rejections.document_id
            and projects.first_line <= rejections.rejected_line
            and (projects.next_form_line is null or projects.next_form_line > rejections.rejected_line)
    group by projects.project_id
)

select * from counted
