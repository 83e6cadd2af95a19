{% set rounding = 'cast(0.005 as decimal(4, 3))' %}

with projects as (
    select * from {{ ref('dim_project') }}
),

forms as (
    select * from {{ ref('dim_form') }}
),

funds as (
    select * from {{ ref('int_project_fund') }}
),

executions as (
    select * from {{ ref('fct_project_execution') }}
),

pairs as (
    select * from {{ ref('int_report_pair') }}
    where planned_project_id is not null and result_project_id is not null
),

documents as (
    select * from {{ ref('dim_document') }}
),

unread_funds as (
    select distinct
        document_id,
        project_no
    from {{ source('staging', 'observation') }}
    where observation_code = 'fund_not_read'
),

-- the three amounts of a card are compared by Q19
block_projects as (
    select
        projects.project_id,
        projects.document_id,
        projects.source_ref,
        unread_funds.document_id is not null as is_fund_unread
    from projects
    inner join forms on projects.form_id = forms.form_id
    left join unread_funds
        on projects.document_id = unread_funds.document_id and projects.project_no = unread_funds.project_no
    where forms.form_family <> 'performance_card'
),

sides as (
    select
        project_id,
        term,
        measure,
        as_of_month,
        min(fund_no) as fund_no,
        min(amount_cny) filter (where fund_class = 'total') as total_cny,
        sum(cast(amount_cny as decimal(38, 2))) filter (where is_leaf) as fund_cny,
        bool_or(is_unknown) as is_unknown,
        {{ text_in_order('source_ref', 'fund_no', "'+'") }} as source_ref
    from funds
    group by project_id, term, measure, as_of_month
),

-- each side of a project that has both; the first that differs speaks for it
compared_sides as (
    select
        block_projects.project_id,
        block_projects.document_id,
        sides.total_cny,
        sides.fund_cny,
        sides.source_ref
    from block_projects
    inner join sides on block_projects.project_id = sides.project_id
    where
        sides.total_cny is not null and sides.fund_cny is not null
        and not sides.is_unknown and not block_projects.is_fund_unread
    qualify row_number() over (
        partition by block_projects.project_id
        order by case when sides.total_cny <> sides.fund_cny then 0 else 1 end, sides.fund_no
    ) = 1
),

terms as (
    select
        project_id,
        min(amount_cny) filter (where term = 'annual') as annual_cny,
        min(amount_cny) filter (where term in ('medium_term', 'whole_period')) as longer_cny,
        {{ text_in_order('source_ref', 'fund_no', "'+'") }} as source_ref
    from funds
    where fund_class = 'total' and measure = 'stated' and term <> 'prior_year'
    group by project_id
),

-- results beside a target form are judged at the project there: the last month speaks for the others
rates as (
    select
        projects.document_id,
        projects.project_id,
        executions.stated_ratio,
        executions.execution_ratio,
        case
            when projects.project_id <> executions.project_id
                then concat_ws('', documents.file_name, ' ', executions.source_ref, '：')
            else ''
        end as place_text,
        case
            when projects.project_id <> executions.project_id then projects.source_ref
            else executions.source_ref
        end as source_ref
    from executions
    left join pairs on executions.project_id = pairs.result_project_id
    inner join projects
        on coalesce(pairs.planned_project_id, executions.project_id) = projects.project_id
    inner join documents on executions.document_id = documents.document_id
    where executions.execution_ratio is not null and executions.stated_ratio is not null
    qualify
        row_number() over (
            partition by projects.project_id order by executions.as_of_month desc nulls last, executions.project_id asc
        ) = 1
),

judged as (
    select
        'Q40' as rule_id,
        document_id,
        project_id,
        total_cny <> fund_cny as is_failing,
        concat_ws('', cast(total_cny as string), ' ≠ ', cast(fund_cny as string), '（元）') as evidence_text,
        source_ref,
        {{ money_text('total_cny') }} as first_text,
        {{ money_text('fund_cny') }} as second_text
    from compared_sides
    union all
    select
        'Q41' as rule_id,
        projects.document_id,
        projects.project_id,
        terms.annual_cny > terms.longer_cny as is_failing,
        concat_ws(' > ', cast(terms.annual_cny as string), cast(terms.longer_cny as string)) || '（元）' as evidence_text,
        terms.source_ref,
        {{ money_text('terms.annual_cny') }} as first_text,
        {{ money_text('terms.longer_cny') }} as second_text
    from projects
    inner join terms on projects.project_id = terms.project_id
    union all
    -- a rate is printed rounded: to a whole percent at the least
    select
        'Q42' as rule_id,
        document_id,
        project_id,
        abs(stated_ratio - execution_ratio) > {{ rounding }} as is_failing,
        concat_ws('', place_text, cast(stated_ratio as string), ' ≠ ', cast(execution_ratio as string))
            as evidence_text,
        source_ref,
        cast(cast(stated_ratio * 100 as decimal(18, 2)) as string) as first_text,
        cast(cast(execution_ratio * 100 as decimal(18, 2)) as string) as second_text
    from rates
),

reviewed as (
    {{ reviewed('judged', 'project', ['first_text', 'second_text']) }}
)

select * from reviewed
