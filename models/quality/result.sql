with rules as (
    select * from {{ ref('rule') }}
),

projects as (
    select
        project_id,
        document_id,
        division_code
    from {{ ref('dim_project') }}
),

applicable as (
    select * from {{ ref('int_review') }}
    where status = 'applicable'
),

findings as (
    select * from {{ ref('finding') }}
),

-- a list of rules per project: to join every rule and project by their ids would hold millions of rows in memory
applicable_rules as (
    select
        project_id,
        {{ set_of('rule_id') }} as rule_ids
    from applicable
    group by project_id
),

failed_rules as (
    select
        project_id,
        {{ set_of('rule_id') }} as rule_ids
    from findings
    where project_id is not null
    group by project_id
),

-- a fault of a document is a fault of each of its projects
failed_document_rules as (
    select
        document_id,
        {{ set_of('rule_id') }} as rule_ids
    from findings
    where project_id is null
    group by document_id
),

judged as (
    select
        rules.rule_id,
        projects.project_id,
        projects.division_code,
        case
            when not rules.is_verdict then 'not_applicable'
            when {{ in_set('failed_rules.rule_ids', 'rules.rule_id') }} then 'fail'
            when {{ in_set('failed_document_rules.rule_ids', 'rules.rule_id') }} then 'fail'
            when {{ in_set('applicable_rules.rule_ids', 'rules.rule_id') }} then 'pass'
            else 'not_applicable'
        end as status
    from projects
    left join applicable_rules on projects.project_id = applicable_rules.project_id
    left join failed_rules on projects.project_id = failed_rules.project_id
    left join failed_document_rules on projects.document_id = failed_document_rules.document_id
    cross join rules
)

select * from judged
