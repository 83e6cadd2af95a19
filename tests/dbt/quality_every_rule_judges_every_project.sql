-- Each rule stands once beside each current project: a missing row would pass for a pass, a doubled one count twice.
-- A rule is a power of two: as many rows as rules have the sum of all only where each stands once. To count distinct
-- pairs of a million projects takes gigabytes.
with

numbered as (
    select
        rule_id,
        row_number() over (order by rule_id) as rule_no
    from {{ ref('rule') }}
),

-- fifty rules make a sum that a long integer holds
weighed as (
    select
        rule_id,
        floor(rule_no / 50) as block_no,
        cast(power(2, rule_no % 50) as bigint) as weight
    from numbered
),

blocks as (
    select
        block_no,
        count(*) as rule_count,
        sum(weight) as weight
    from weighed
    group by block_no
),

results as (
    select
        results.project_id,
        weighed.block_no,
        count(*) as result_count,
        sum(weighed.weight) as weight
    from {{ ref('result') }} as results
    inner join weighed on results.rule_id = weighed.rule_id
    group by results.project_id, weighed.block_no
)

select
    projects.project_id,
    blocks.rule_count,
    results.result_count
from {{ ref('dim_project') }} as projects
cross join blocks
left join results on projects.project_id = results.project_id and blocks.block_no = results.block_no
where
    coalesce(results.result_count, 0) <> blocks.rule_count
    or coalesce(results.weight, 0) <> blocks.weight
