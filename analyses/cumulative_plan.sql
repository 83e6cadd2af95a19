-- What share is planned by each checkpoint, by county and overall (division_code NULL, last)?
-- 到各时点计划支出多大比例（各县和总体）？
-- One row per county, fiscal year and checkpoint; overall last. project_count: projects that state the checkpoint so
-- that it can be read; cumulative_cny and base_cny (their budgets): those of them with a budget. weighted_ratio:
-- cumulative_cny over base_cny; unweighted_ratio: the mean of the projects' shares.
with divisions as (
    select * from marts.dim_division
),

documents as (
    select
        documents.*,
        divisions.division_name
    from marts.dim_document as documents
    inner join divisions on documents.division_id = divisions.division_id
    where documents.is_current
),

checkpoints as (
    select * from marts.dim_checkpoint
),

points as (
    select * from marts.fct_spending_plan
    where is_stated and (cumulative_ratio is not null or cumulative_cny is not null)
),

-- each document counts once for its county and once overall
subjects as (
    select
        document_id,
        division_code,
        division_name,
        fiscal_year,
        false as is_overall
    from documents
    union all
    select
        document_id,
        null as division_code,
        null as division_name,
        null as fiscal_year,
        true as is_overall
    from documents
),

counted as (
    select
        subjects.division_code,
        subjects.division_name,
        subjects.fiscal_year,
        checkpoints.checkpoint_month,
        count(points.project_id) as project_count,
        cast(sum(points.cumulative_cny) filter (where points.base_cny is not null) as decimal(18, 2)) as cumulative_cny,
        cast(sum(points.base_cny) filter (where points.cumulative_cny is not null) as decimal(18, 2)) as base_cny,
        sum(points.cumulative_ratio) as ratio_sum,
        count(points.cumulative_ratio) as ratio_count,
        subjects.is_overall
    from subjects
    cross join checkpoints
    left join points
        on
            subjects.document_id = points.document_id
            and checkpoints.checkpoint_month = points.checkpoint_month
    group by
        subjects.division_code,
        subjects.division_name,
        subjects.fiscal_year,
        checkpoints.checkpoint_month,
        subjects.is_overall
),

-- DuckDB divides decimals as floating point: whole numbers, one digit more than asked, then rounded
curves as (
    select
        division_code,
        fiscal_year,
        checkpoint_month,
        project_count,
        cumulative_cny,
        base_cny,
        cast(
            round(
                cast(cumulative_cny * 100 as hugeint) * 10000000
                // nullif(cast(base_cny * 100 as hugeint), 0) * 0.0000001, 6
            ) as decimal(18, 6)
        ) as weighted_ratio,
        cast(
            round(cast(ratio_sum * 10000000 as hugeint) // nullif(ratio_count, 0) * 0.0000001, 6) as decimal(18, 6)
        ) as unweighted_ratio,
        is_overall,
        division_name
    from counted
)

select * from curves
order by is_overall, division_code nulls last, fiscal_year nulls last, checkpoint_month
