with projects as (
    select * from {{ ref('dim_project') }}
),

amounts as (
    select * from {{ ref('int_project_amount') }}
    where figure is not null
),

points as (
    select * from {{ ref('int_plan_point') }}
    where is_stated
),

figures as (
    select
        project_id,
        case amount_type when 'stated_budget' then 1 when 'fiscal_funds' then 2 else 3 end as figure_no,
        amount_text as figure_text,
        figure,
        source_ref
    from amounts
    union all
    select
        project_id,
        checkpoint_month + 100 as figure_no,
        concat_ws('', cast(checkpoint_month as string), '月底 ', value_text) as figure_text,
        figure,
        source_ref
    from points
),

summed as (
    select
        project_id,
        {{ text_in_order('figure_text', 'figure_no', "'；'") }} filter (where figure < 0) as negative_texts,
        {{ text_in_order('source_ref', 'figure_no', "'+'") }} filter (where figure < 0) as negative_source_ref
    from figures
    group by project_id
),

judged as (
    select
        'Q31' as rule_id,
        projects.document_id,
        projects.project_id,
        summed.negative_texts is not null as is_failing,
        summed.negative_texts as evidence_text,
        coalesce(summed.negative_source_ref, projects.source_ref) as source_ref,
        {{ quoted('summed.negative_texts') }} as negative_quote
    from projects
    inner join summed on projects.project_id = summed.project_id
),

reviewed as (
    {{ reviewed('judged', 'project', ['negative_quote']) }}
)

select * from reviewed
