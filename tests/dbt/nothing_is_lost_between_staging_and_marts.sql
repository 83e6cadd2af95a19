-- Projects, plan points, goals and indicators of every current document arrive, each once, and no others: the joins on
-- the way may neither drop nor double. A project that another current document holds in its place is in staging alone.
with documents as (
    select document_id from {{ ref('dim_document') }}
    where is_current
),

copies as (
    select project_id from {{ ref('int_project_copy') }}
    where not is_counted
),

-- a results form counts beside the targets of its project
results as (
    select project_id from {{ ref('int_project_copy') }}
    where is_counted_result
),

staged as (
    {% for table in ['project', 'indicator'] %}
        select
            staged_rows.document_id,
            '{{ table }}' as row_type,
            count(*) as row_count
        from {{ source('staging', table) }} as staged_rows
        where {{ project_id('staged_rows') }} not in (select copies.project_id from copies)
        group by staged_rows.document_id
        union all
    {% endfor %}
    -- four checkpoints for each card, also where the reader rejected one
    select
        staged_rows.document_id,
        'plan_point' as row_type,
        4 * count(*) as row_count
    from {{ source('staging', 'project') }} as staged_rows
    inner join {{ source('staging', 'form') }} as forms
        on staged_rows.document_id = forms.document_id and staged_rows.form_no = forms.form_no
    where
        forms.form_family = 'performance_card'
        and {{ project_id('staged_rows') }} not in (select copies.project_id from copies)
    group by staged_rows.document_id
    union all
    select
        staged_rows.document_id,
        'result' as row_type,
        count(*) as row_count
    from {{ source('staging', 'indicator') }} as staged_rows
    inner join results on {{ project_id('staged_rows') }} = results.project_id
    group by staged_rows.document_id
    union all
    select
        staged_rows.document_id,
        'project with goals' as row_type,
        count(distinct staged_rows.project_no) as row_count
    from {{ source('staging', 'goal') }} as staged_rows
    where {{ project_id('staged_rows') }} not in (select copies.project_id from copies)
    group by staged_rows.document_id
),

loaded as (
    {% for table, mart in [
        ('project', 'dim_project'), ('plan_point', 'fct_spending_plan'), ('indicator', 'fct_indicator_target'),
        ('result', 'fct_indicator_result')
    ] %}
        select
            document_id,
            '{{ table }}' as row_type,
            count(*) as row_count
        from {{ ref(mart) }}
        group by document_id
        union all
    {% endfor %}
    select
        document_id,
        'project with goals' as row_type,
        count(*) as row_count
    from {{ ref('dim_project') }}
    where goal_text is not null
    group by document_id
),

wanted as (
    select staged.*
    from staged
    inner join documents on staged.document_id = documents.document_id
)

select
    coalesce(wanted.document_id, loaded.document_id) as document_id,
    coalesce(wanted.row_type, loaded.row_type) as row_type,
    wanted.row_count as staged_count,
    loaded.row_count as loaded_count
from wanted
full join loaded on wanted.document_id = loaded.document_id and wanted.row_type = loaded.row_type
where wanted.row_count is distinct from loaded.row_count
