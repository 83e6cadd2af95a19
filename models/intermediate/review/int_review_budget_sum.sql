with projects as (
    select
        project_id,
        document_id,
        source_ref
    from {{ to_read_by_fact(ref('dim_project')) }}
),

amounts as (
    select * from {{ ref('int_project_amount') }}
),

cells as (
    select
        projects.project_id,
        projects.document_id,
        projects.source_ref as project_source_ref,
        amounts.amount_type,
        amounts.amount_text,
        amounts.source_ref,
        amounts.amount_cny,
        amounts.figure,
        amounts.is_amount_unreadable,
        -- figures without any unit are in one unit, whichever it is; 0 is 0 in each
        amounts.figure is not null and amounts.amount_cny is null and amounts.is_amount_unit_missing as is_bare
    from projects
    inner join amounts on projects.project_id = amounts.project_id
),

pivoted as (
    select
        project_id,
        document_id,
        project_source_ref,
        min(amount_text) filter (where amount_type = 'stated_budget' and figure is not null) as budget_text,
        min(amount_text) filter (where amount_type = 'fiscal_funds' and figure is not null) as fiscal_funds_text,
        min(amount_text) filter (where amount_type = 'other_funds' and figure is not null) as other_funds_text,
        sum(case when is_bare then figure else amount_cny end) filter (where amount_type = 'stated_budget')
            as budget_figure,
        sum(case when is_bare then figure else amount_cny end) filter (where amount_type <> 'stated_budget')
            as fund_figure,
        coalesce(bool_or(amount_type = 'stated_budget' and figure is not null), false) as has_budget,
        coalesce(bool_or(amount_type <> 'stated_budget' and figure is not null), false) as has_fund,
        -- a cell that cannot be read, or one with a unit beside one without: nothing to compare
        coalesce(bool_or(is_amount_unreadable), false)
        or coalesce(bool_or(figure is not null and amount_cny is null and not is_bare), false)
        or count(*) filter (where is_bare) not in (0, count(*) filter (where figure <> 0)) as is_undecided,
        coalesce(bool_or(is_bare), false) as is_unit_missing,
        {{ text_in_order(
            'source_ref',
            "case amount_type when 'stated_budget' then 1 when 'fiscal_funds' then 2 else 3 end",
            "'+'"
        ) }} filter (where figure is not null) as amount_source_ref
    from cells
    group by project_id, document_id, project_source_ref
),

compared as (
    select
        *,
        cast(budget_figure as decimal(28, 4)) - cast(fund_figure as decimal(28, 4)) as difference,
        concat_ws(' + ', fiscal_funds_text, other_funds_text) as funds_text
    from pivoted
    where has_budget and has_fund and not is_undecided
),

described as (
    select
        *,
        case
            when is_unit_missing then cast(difference as string)
            else cast(cast(difference as decimal(28, 2)) as string)
        end as difference_text
    from compared
),

judged as (
    select
        'Q19' as rule_id,
        document_id,
        project_id,
        difference <> 0 as is_failing,
        case when is_unit_missing then 'no_unit' else 'yuan' end as message_case,
        concat_ws(
            '',
            budget_text, ' ≠ ', funds_text, '（', difference_text, case when is_unit_missing then '' else ' 元' end, '）'
        ) as evidence_text,
        coalesce(amount_source_ref, project_source_ref) as source_ref,
        budget_text,
        funds_text,
        difference_text
    from described
),

reviewed as (
    {{ reviewed('judged', 'project', ['budget_text', 'funds_text', 'difference_text'], case='message_case') }}
)

select * from reviewed
