with results as (
    select * from {{ ref('fct_indicator_result') }}
    where term = 'annual' and weight_points is not null and score_points is not null
),

projects as (
    select * from {{ ref('dim_project') }}
),

pairs as (
    select * from {{ ref('int_report_pair') }}
    where planned_project_id is not null and result_project_id is not null
),

documents as (
    select * from {{ ref('dim_document') }}
),


-- results beside a target form are judged at the project there: a rule has one verdict for a project and year
placed as (
    select
        results.*,
        coalesce(pairs.planned_project_id, results.project_id) as judged_project_id,
        coalesce(pairs.planned_project_id <> results.project_id, false) as is_elsewhere,
        concat_ws('', documents.file_name, ' ', results.source_ref) as place_text
    from results
    inner join documents on results.document_id = documents.document_id
    left join pairs on results.project_id = pairs.result_project_id
),

judged as (
    select
        rules.rule_id,
        projects.document_id,
        projects.project_id,
        projects.source_ref as project_source_ref,
        placed.indicator_no,
        placed.is_elsewhere,
        case rules.rule_id
            when 'Q45' then placed.score_points > placed.weight_points
            when 'Q46'
                then case
                    when placed.is_met then placed.score_points < placed.weight_points
                    -- above the weight is a fault of Q45
                    else not placed.is_met and placed.score_points = placed.weight_points
                end
        end as is_failing,
        case
            when rules.rule_id = 'Q45' then 'own'
            when placed.is_met then 'met'
            else 'missed'
        end as message_case,
        placed.place_text,
        {{ quoted('coalesce(placed.indicator_name, placed.level2_text, placed.level1_text, placed.target_text)') }}
            as label_text,
        {{ quoted('placed.target_text') }} as target_quote,
        {{ quoted('placed.actual_text') }} as actual_quote,
        {{ figure_text('placed.score_points') }} as score_text,
        {{ figure_text('placed.weight_points') }} as weight_text,
        placed.source_ref
    from placed
    inner join projects on placed.judged_project_id = projects.project_id
    cross join (values ('Q45'), ('Q46')) as rules (rule_id)
    where rules.rule_id = 'Q45' or placed.is_met is not null
),

asked as (
    select distinct
        rule_id,
        document_id,
        project_id
    from judged
    where is_failing is not null
),

-- one finding for a project: the first of its indicators stands for them
elsewhere as (
    select
        *,
        count(*) over (partition by rule_id, project_id) as failing_count
    from judged
    where is_failing and is_elsewhere
    qualify row_number() over (partition by rule_id, project_id order by place_text, indicator_no) = 1
),

subjects as (
    select
        rule_id,
        document_id,
        project_id,
        indicator_no,
        is_failing,
        message_case,
        place_text,
        label_text,
        target_quote,
        actual_quote,
        score_text,
        weight_text,
        '1' as failing_count,
        concat_ws(' / ', target_quote, actual_quote, score_text, weight_text) as evidence_text,
        source_ref
    from judged
    where is_failing and not is_elsewhere
    union all
    select
        rule_id,
        document_id,
        project_id,
        null as indicator_no,
        is_failing,
        'other' as message_case,
        place_text,
        label_text,
        target_quote,
        actual_quote,
        score_text,
        weight_text,
        cast(failing_count as string) as failing_count,
        place_text as evidence_text,
        project_source_ref as source_ref
    from elsewhere
),

reviewed as (
    {{ reviewed(
        'subjects',
        'indicator',
        ['place_text', 'label_text', 'target_quote', 'actual_quote', 'score_text', 'weight_text', 'failing_count'],
        case='message_case',
        asked='asked'
    ) }}
)

select * from reviewed
