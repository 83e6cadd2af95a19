-- The budgets that differ from those of the file that was replaced, the largest difference first.
with names as (
    select
        project_key,
        fiscal_year,
        arg_max(project_name, version_no) as project_name
    from meta.project_history
    group by project_key, fiscal_year
),

budgets as (
    select
        change.file_name,
        change.project_key,
        change.fiscal_year,
        cast(change.old_value as decimal(18, 2)) as old_cny,
        cast(change.new_value as decimal(18, 2)) as new_cny
    from meta.change as change
    where
        change.subject_type = 'project'
        and change.change_type = 'changed'
        and change.field_name = 'budget_cny'
        and ($division_code is null or change.division_code = $division_code)
)

select
    budgets.file_name,
    names.project_name,
    budgets.fiscal_year,
    budgets.old_cny,
    budgets.new_cny,
    budgets.new_cny - budgets.old_cny as difference_cny,
    count(*) over () as found_count
from budgets
left join names
    on budgets.project_key = names.project_key and budgets.fiscal_year is not distinct from names.fiscal_year
order by abs(difference_cny) desc nulls last, budgets.file_name, budgets.project_key
limit $most_rows
