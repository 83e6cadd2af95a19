-- Each character of part one is in one goal, in the heading of a duty or of a table, or is a number or label: items and
-- goals of a current document add up to what is printed, white space aside.
with items as (
    select
        document_id,
        section_no,
        item_no,
        coalesce(length({{ without_space("concat_ws('', ordinal_text, label_text, separator_text, item_text)") }}), 0)
            as printed_count
    from {{ source('staging', 'section_item') }}
),

documents as (
    select document_id from {{ ref('dim_document') }}
    where is_current
),

assigned as (
    select
        document_id,
        section_no,
        item_no,
        case
            when part_type in ('heading', 'aside') then 0
            else coalesce(length({{ without_space('part_text') }}), 0)
        end as text_count
    from {{ ref('int_department_item') }}
),

goals as (
    select
        document_id,
        sum(coalesce(length({{ without_space("concat_ws('', goal_text, indicator_text, standard_text)") }}), 0))
            as goal_count
    from {{ ref('dim_department_goal') }}
    group by document_id
),

printed as (
    select
        items.document_id,
        sum(items.printed_count) as printed_count,
        sum(items.printed_count - assigned.text_count) as aside_count,
        count(*) - count(assigned.item_no) as lost_count
    from items
    inner join documents on items.document_id = documents.document_id
    left join assigned
        on
            items.document_id = assigned.document_id
            and items.section_no = assigned.section_no
            and items.item_no = assigned.item_no
    group by items.document_id
)

select
    printed.document_id,
    printed.printed_count,
    printed.aside_count,
    goals.goal_count
from printed
left join goals on printed.document_id = goals.document_id
where
    printed.lost_count > 0
    or printed.printed_count <> printed.aside_count + coalesce(goals.goal_count, 0)
