with contexts as (
    select * from {{ ref('int_project_context') }}
),

kinds as (
    select * from {{ ref('int_project_kind') }}
),

identities as (
    select * from {{ ref('int_project_identity') }}
),

printed as (
    select * from {{ ref('int_corrected_project') }}
),

described as (
    select
        contexts.project_id,
        contexts.unit_id,
        contexts.fiscal_year,
        kinds.form_kind,
        kinds.as_of_month,
        contexts.is_current and kinds.form_kind = 'target' as is_planned,
        contexts.is_current_result as is_result,
        identities.project_key,
        {{ without_space('printed.project_name') }} as plain_name
    from contexts
    inner join kinds on contexts.project_id = kinds.project_id
    inner join identities on contexts.project_id = identities.project_id
    inner join printed
        on contexts.document_id = printed.document_id and contexts.project_no = printed.project_no
),

planned as (
    select * from described
    where is_planned
),

results as (
    select * from described
    where is_result
),

keyed as (
    select
        results.project_id as result_project_id,
        planned.project_id as planned_project_id
    from results
    inner join planned
        on results.project_key = planned.project_key and results.fiscal_year = planned.fiscal_year
    where results.unit_id is not null
),

-- a results form that repeats no code: the only one of its unit, year and name on both sides
named as (
    select
        results.project_id as result_project_id,
        planned.project_id as planned_project_id
    from results
    inner join planned
        on
            results.unit_id = planned.unit_id
            and results.fiscal_year = planned.fiscal_year
            and results.plain_name = planned.plain_name
    where
        results.project_id not in (select keyed.result_project_id from keyed)
    qualify
        count(*) over (partition by results.project_id) = 1
        and count(*) over (partition by planned.project_id, results.form_kind, results.as_of_month) = 1
),

matches as (
    select
        *,
        'project_key' as match_basis
    from keyed
    union all
    select
        *,
        'unit_year_name' as match_basis
    from named
),

pairs as (
    select
        matches.planned_project_id,
        results.project_id as result_project_id,
        coalesce(matches.match_basis, 'no_target') as match_basis
    from results
    left join matches on results.project_id = matches.result_project_id
    union all
    select
        planned.project_id as planned_project_id,
        null as result_project_id,
        'no_results' as match_basis
    from planned
    where planned.project_id not in (select matches.planned_project_id from matches)
)

select * from pairs
