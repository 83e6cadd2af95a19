with projects as (
    select * from {{ ref('dim_project') }}
),

indicators as (
    select * from {{ ref('fct_indicator_target') }}
    where term = 'annual'
),

texts as (
    select
        project_id,
        1 as field_no,
        '资金用途' as field_name,
        purpose_text as field_text,
        source_ref
    from projects
    union all
    select
        project_id,
        2 as field_no,
        '绩效目标' as field_name,
        goal_text as field_text,
        source_ref
    from projects
),

-- a text of few characters has few figures: the others are counted
long_prose as (
    select
        project_id,
        field_no,
        concat_ws('', field_name, '共', cast(length(field_text) as string), '字') as field_text,
        source_ref
    from texts
    where
        length(field_text) >= {{ prose_limit() }}
        or (
            length(field_text) > 2 * {{ figure_limit() }}
            and {{ match_count('field_text', "'[0-9０-９]+'") }} > {{ figure_limit() }}
        )
),

long_targets as (
    select
        project_id,
        indicator_no + 2 as field_no,
        concat_ws('', '第', cast(indicator_no as string), '个指标的指标值共', cast(length(target_text) as string), '字')
            as field_text,
        source_ref
    from indicators
    where length(target_text) > {{ target_limit() }}
),

long_texts as (
    select * from long_prose
    union all
    select * from long_targets
),

first_texts as (
    select * from long_texts
    qualify row_number() over (partition by project_id order by field_no) <= 10
),

listed as (
    select
        project_id,
        {{ text_in_order('field_text', 'field_no', "'；'") }} as field_texts,
        {{ text_in_order('source_ref', 'field_no', "'+'") }} as source_ref
    from first_texts
    group by project_id
),

judged as (
    select
        'R36' as rule_id,
        projects.document_id,
        projects.project_id,
        listed.project_id is not null as is_failing,
        listed.field_texts as evidence_text,
        listed.source_ref,
        {{ quoted('listed.field_texts') }} as field_quote
    from projects
    left join listed on projects.project_id = listed.project_id
),

reviewed as (
    {{ reviewed('judged', 'project', ['field_quote']) }}
)

select * from reviewed
