with goals as (
    select * from {{ ref('dim_department_goal') }}
),

bands as (
    select * from {{ ref('int_department_band') }}
),

quantities as (
    select * from {{ ref('int_target_quantity') }}
),

cells as (
    select * from {{ ref('int_target_cell') }}
),

-- A band is bounded where its text is one quantity: a range, one bound, or one value.
bounded as (
    select
        bands.*,
        quantities.target_value,
        coalesce(quantities.target_value_to, quantities.target_value) as target_value_to,
        quantities.comparator,
        quantities.target_unit,
        quantities.quantity_count = 1 as has_bounds
    from bands
    left join cells on {{ target_head('bands.band_text') }} = cells.target_text and not cells.is_long
    left join quantities on cells.target_text = quantities.target_text and not quantities.has_unread_part
),

described as (
    select
        goals.department_goal_id,
        cast(row_number() over (
            partition by goals.department_goal_id, bounded.grade
            order by bounded.band_no
        ) as integer) as standard_no,
        bounded.grade,
        goals.document_id,
        goals.unit_id,
        goals.division_id,
        goals.division_code,
        goals.fiscal_year,
        goals.fiscal_year_start_date,
        coalesce(bounded.has_bounds, false) as has_bounds,
        case
            when bounded.comparator in ('<=', '<') then null
            when bounded.has_bounds then least(bounded.target_value, bounded.target_value_to)
        end as lower_value,
        case
            when bounded.comparator in ('>=', '>') then null
            when bounded.has_bounds then greatest(bounded.target_value, bounded.target_value_to)
        end as upper_value,
        case when bounded.has_bounds then bounded.target_unit end as unit,
        bounded.band_text,
        bounded.source_ref
    from bounded
    inner join goals
        on
            bounded.document_id = goals.document_id
            and bounded.goal_no = goals.goal_no
)

select * from described
