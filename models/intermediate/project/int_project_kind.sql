with projects as (
    select * from {{ source('staging', 'project') }}
),

forms as (
    select * from {{ source('staging', 'form') }}
),

funds as (
    select distinct
        document_id,
        project_no,
        column_text
    from {{ source('staging', 'fund') }}
    where column_text is not null
),

attributes as (
    select distinct
        document_id,
        project_no,
        label_text
    from {{ source('staging', 'indicator_attribute') }}
),

kinds as (
    select
        {{ project_id('projects') }} as project_id,
        projects.document_id,
        projects.project_no,
        projects.form_no,
        coalesce(forms.form_family, 'performance_card') as form_family,
        case
            when forms.form_family in ('self_evaluation', 'monitoring') then forms.form_family
            else 'target'
        end as form_kind,
        concat_ws(' ', forms.title_text, forms.year_text) as heading_text
    from projects
    left join forms on projects.document_id = forms.document_id and projects.form_no = forms.form_no
),

-- 1-6月执行数, 半年度指标执行情况: the last month that a column of what was done names
headers as (
    select
        document_id,
        project_no,
        column_text as header_text
    from funds
    union all
    select
        document_id,
        project_no,
        label_text as header_text
    from attributes
),

months as (
    select
        kinds.project_id,
        max({{ reported_month('headers.header_text') }}) as header_month
    from kinds
    inner join headers on kinds.document_id = headers.document_id and kinds.project_no = headers.project_no
    where kinds.form_kind = 'monitoring' and {{ regexp_like('headers.header_text', "'执行|完成|支出|实际'") }}
    group by kinds.project_id
),

dated as (
    select
        kinds.project_id,
        kinds.document_id,
        kinds.project_no,
        kinds.form_no,
        kinds.form_family,
        kinds.form_kind,
        case kinds.form_kind
            when 'self_evaluation' then 12
            when 'monitoring' then coalesce(months.header_month, {{ reported_month('kinds.heading_text') }})
        end as as_of_month
    from kinds
    left join months on kinds.project_id = months.project_id
)

select * from dated
