with rules as (
    select
        {{ list_in_order(set_of('rule_id')) }} as rule_ids,
        {{ set_of('rule_id') }} filter (where is_verdict) as verdict_rule_ids
    from {{ ref('rule') }}
),

projects as (
    select
        project_id,
        document_id,
        division_code
    from {{ ref('dim_project') }}
),

verdicts as (
    select * from {{ ref('int_project_verdict') }}
),

-- a fault of a document is a fault of each of its projects
failed_document_rules as (
    select
        document_id,
        {{ set_of('rule_id') }} as rule_ids
    from {{ ref('finding') }}
    where project_id is null
    group by document_id
),

-- in order before they become rows: to sort the rows of a million projects takes minutes
ordered as (
    select
        projects.project_id,
        projects.division_code,
        verdicts.failed_rule_ids,
        verdicts.applicable_rule_ids,
        failed_document_rules.rule_ids as failed_document_rule_ids
    from projects
    left join verdicts on projects.project_id = verdicts.project_id
    left join failed_document_rules on projects.document_id = failed_document_rules.document_id
    order by projects.division_code, projects.project_id
),

judged as (
    select
        ordered.project_id,
        ordered.division_code,
        rules.rule_ids,
        {{ list_of_each(
            'rules.rule_ids',
            'rule_id',
            "case
                when not " ~ in_set('rules.verdict_rule_ids', 'rule_id') ~ " then 'not_applicable'
                when " ~ in_set('ordered.failed_rule_ids', 'rule_id') ~ " then 'fail'
                when " ~ in_set('ordered.failed_document_rule_ids', 'rule_id') ~ " then 'fail'
                when " ~ in_set('ordered.applicable_rule_ids', 'rule_id') ~ " then 'pass'
                else 'not_applicable'
            end"
        ) }} as statuses
    from ordered
    cross join rules
),

results as (
    {{ row_per_member(
        'judged', 'project_id, division_code', {'rule_id': 'judged.rule_ids', 'status': 'judged.statuses'}
    ) }}
),

described as (
    select
        rule_id,
        project_id,
        division_code,
        status
    from results
)

select * from described
