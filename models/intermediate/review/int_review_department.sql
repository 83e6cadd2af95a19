{#- The first goals of a finding are named, the others counted. -#}
{% set named_goals = 10 %}

with documents as (
    select
        document_id,
        {{ is_whole_text('title_text') }} as is_whole_text
    from {{ to_read_by_fact(ref('dim_document')) }}
    where is_current
),

places as (
    select
        document_id,
        source_ref
    from {{ to_read_by_fact(source('staging', 'document')) }}
),

sections as (
    select distinct
        document_id,
        section_type
    from {{ to_read_by_fact(source('staging', 'section')) }}
),

section_types as (
    select listed.* from (
        values
        (1, 'overall_goals', '总体绩效目标', 'overall goals'),
        (2, 'itemised_goals', '分项绩效目标', 'itemised goals'),
        (3, 'safeguards', '工作保障措施', 'safeguards')
    ) as listed (type_no, section_type, name_zh, name_en)
),

projects as (
    select * from {{ to_read_by_fact(ref('dim_project')) }}
),

checks as (
    select * from {{ to_read_by_fact(ref('int_department_goal_check')) }}
),

graded_checks as (
    select * from {{ to_read_by_fact(ref('int_department_band_check')) }}
),

-- NULL where the rule does not ask the goal: what a document repeats is judged where it stands first
judged_goals as (
    select
        rules.rule_id,
        checks.document_id,
        checks.goal_no,
        checks.source_ref,
        case
            when rules.rule_id = 'Q38' then concat_ws('', checks.goal_name, '（', checks.odd_level_words, '）')
            when rules.rule_id = 'Q34' then concat_ws('', checks.goal_name, '（', graded_checks.apart_words, '）')
            when rules.rule_id = 'Q35' then concat_ws('', checks.goal_name, '（', graded_checks.shared_words, '）')
            else checks.goal_name
        end as goal_name,
        case
            when rules.rule_id = 'Q36' then checks.is_repeated
            when checks.is_copy then null
            when rules.rule_id = 'Q32' and checks.section_type = 'itemised_goals' then not checks.has_indicator
            when rules.rule_id = 'Q33' and checks.section_type = 'itemised_goals' and checks.has_indicator
                then not checks.is_measurable
            when rules.rule_id = 'Q34' then graded_checks.is_apart
            when rules.rule_id = 'Q35' then graded_checks.is_shared
            when rules.rule_id = 'Q38' and checks.is_level_known then checks.odd_level_words is not null
            when rules.rule_id = 'Q39' and (checks.is_graded or checks.has_grade_without_bounds)
                then checks.has_grade_without_bounds
            when rules.rule_id = 'R41' then checks.is_long
        end as is_failing
    from checks
    left join graded_checks on checks.department_goal_id = graded_checks.department_goal_id
    cross join (
        values ('Q32'), ('Q33'), ('Q34'), ('Q35'), ('Q36'), ('Q38'), ('Q39'), ('R41')
    ) as rules (rule_id)
),

numbered as (
    select
        *,
        is_failing and count(*) filter (where is_failing) over (
            partition by rule_id, document_id
            order by goal_no rows unbounded preceding
        ) <= {{ named_goals }} as is_named
    from judged_goals
    where is_failing is not null
),

judged_documents as (
    select
        rule_id,
        document_id,
        count(*) filter (where is_failing) as failing_count,
        count(*) as goal_count,
        {{ text_in_order('goal_name', 'goal_no', "'，'") }} filter (where is_named) as goal_names,
        {{ text_in_order('source_ref', 'goal_no', "'+'") }} filter (where is_named) as source_ref
    from numbered
    group by rule_id, document_id
),

-- a document that is one project's form has no part one to miss
places_of_sections as (
    select
        documents.document_id,
        documents.is_whole_text,
        section_types.type_no,
        section_types.name_zh,
        section_types.name_en,
        sections.section_type is null as is_missing
    from documents
    cross join section_types
    left join sections
        on documents.document_id = sections.document_id and section_types.section_type = sections.section_type
),

missing_sections as (
    select
        document_id,
        {{ text_in_order('name_zh', 'type_no', "'、'") }} filter (where is_missing) as names_zh,
        {{ text_in_order('name_en', 'type_no', "', '") }} filter (where is_missing) as names_en
    from places_of_sections
    group by document_id
    having bool_or(is_whole_text) or not bool_and(is_missing)
),

judged as (
    select
        rule_id,
        document_id,
        failing_count > 0 as is_failing,
        goal_names as evidence_text,
        source_ref,
        failing_count,
        goal_count,
        {{ quoted('goal_names') }} as goal_quote,
        cast(null as string) as names_zh,
        cast(null as string) as names_en
    from judged_documents
    union all
    select
        'Q37' as rule_id,
        missing_sections.document_id,
        missing_sections.names_zh is not null as is_failing,
        concat_ws('', '缺少：', missing_sections.names_zh) as evidence_text,
        places.source_ref,
        cast(null as bigint) as failing_count,
        cast(null as bigint) as goal_count,
        cast(null as string) as goal_quote,
        missing_sections.names_zh,
        missing_sections.names_en
    from missing_sections
    inner join places on missing_sections.document_id = places.document_id
),

-- a fault of a document is asked of all its forms
asked as (
    select
        judged.rule_id,
        projects.document_id,
        projects.project_id
    from projects
    inner join judged on projects.document_id = judged.document_id
),

reviewed as (
    {{ reviewed(
        'judged', 'document', ['failing_count', 'goal_count', 'goal_quote', 'names_zh', 'names_en'], asked='asked'
    ) }}
)

select * from reviewed
