{% set items_of_section = 'partition by document_id, section_no order by item_no rows unbounded preceding' %}

with sections as (
    select * from {{ to_read(source('staging', 'section')) }}
),

items as (
    select * from {{ to_read(source('staging', 'section_item')) }}
),

label_words as (
    select
        word,
        {{ regexp_replace_all('role', "'_label$'", "''") }} as label_kind
    from {{ ref('department_word') }}
    where role like '%_label'
),

heading_words as (
    select word from {{ ref('department_word') }}
    where role like '%_label' or role = 'table_heading'
    union
    select word from {{ ref('grade_word') }}
),

cells as (
    {{ cells_of('items', 'document_id, section_no, item_no', 'item_text') }}
),

-- the header of a table says what its columns are, and no goal
table_headings as (
    select
        cells.document_id,
        cells.section_no,
        cells.item_no
    from cells
    left join heading_words on {{ without_space('cells.piece') }} = heading_words.word
    group by cells.document_id, cells.section_no, cells.item_no
    having count(*) > 1 and count(*) = count(heading_words.word)
),

-- What stands below a line that only repeats the section's heading stands at the top of the section.
placed as (
    select
        items.document_id,
        items.section_no,
        sections.section_type,
        items.item_no,
        case when not coalesce(parents.repeats_heading, false) then items.parent_item_no end as parent_item_no,
        items.ordinal_text,
        items.label_text,
        items.separator_text,
        items.item_text,
        items.is_heading,
        items.repeats_heading or table_headings.item_no is not null as is_aside,
        label_words.label_kind,
        items.source_ref
    from items
    inner join sections on items.document_id = sections.document_id and items.section_no = sections.section_no
    left join items as parents
        on
            items.document_id = parents.document_id
            and items.section_no = parents.section_no
            and items.parent_item_no = parents.item_no
    left join table_headings
        on
            items.document_id = table_headings.document_id
            and items.section_no = table_headings.section_no
            and items.item_no = table_headings.item_no
    left join label_words on {{ without_space('items.label_text') }} = label_words.word
),

labelled_parents as (
    select distinct
        document_id,
        section_no,
        parent_item_no
    from placed
    where label_kind is not null and parent_item_no is not null
),

described as (
    select
        placed.*,
        placed.parent_item_no is null and not placed.is_aside as is_top,
        labelled_parents.parent_item_no is not null as has_labels
    from placed
    left join labelled_parents
        on
            placed.document_id = labelled_parents.document_id
            and placed.section_no = labelled_parents.section_no
            and placed.item_no = labelled_parents.parent_item_no
),

-- A duty has activities where something below it has labels of its own: 一是办公活动：绩效目标是…
duties_with_activities as (
    select distinct
        document_id,
        section_no,
        parent_item_no
    from described
    where has_labels and parent_item_no is not null
),

-- A goal begins with a duty or an activity; 绩效指标 and 绩效标准 without a duty belong to what stands before them.
begun as (
    select
        described.*,
        case
            when described.is_top
                then
                    coalesce(described.label_kind, 'goal') = 'goal'
                    or described.item_no = min(described.item_no) filter (where described.is_top) over (
                        partition by described.document_id, described.section_no
                    )
            else
                duties_with_activities.parent_item_no is not null
                and described.label_kind is null
                and (described.ordinal_text is not null or described.is_heading or described.has_labels)
        end as is_start
    from described
    left join duties_with_activities
        on
            described.document_id = duties_with_activities.document_id
            and described.section_no = duties_with_activities.section_no
            and described.parent_item_no = duties_with_activities.parent_item_no
),

-- Items are in the order of the print, so the goal of an item is the one that began last.
assigned as (
    select
        *,
        max(case when is_start then item_no end) over items_of_section as start_item_no,
        max(case when is_start and is_top then item_no end) over items_of_section as duty_item_no
    from begun
    window items_of_section as ({{ items_of_section }})
),

-- What follows a label belongs to it until the next label of the goal.
parts as (
    select
        document_id,
        section_no,
        section_type,
        item_no,
        start_item_no,
        duty_item_no,
        ordinal_text,
        item_text,
        source_ref,
        case
            when is_aside then 'aside'
            when is_start and is_heading then 'heading'
            else coalesce({{ last_stated('label_kind') }} over (
                partition by document_id, section_no, start_item_no
                order by item_no rows unbounded preceding
            ), 'goal')
        end as part_type,
        -- the number of a goal and its labels are no part of its text; those of what stands below it are
        case
            when is_start or label_kind is not null then item_text
            else nullif(concat_ws('', ordinal_text, label_text, separator_text, item_text), '')
        end as part_text
    from assigned
),

-- The heading of a duty whose activities say everything is no goal by itself.
judged as (
    select
        *,
        part_type <> 'aside' and (
            count(*) filter (where part_type not in ('heading', 'aside')) over (
                partition by document_id, section_no, start_item_no
            ) > 0
            or max(start_item_no) over (partition by document_id, section_no, duty_item_no)
            = min(start_item_no) over (partition by document_id, section_no, duty_item_no)
        ) as is_of_goal
    from parts
),

numbered as (
    select
        {{ all_but('', ['is_of_goal']) }},
        case
            when is_of_goal
                then
                    cast(dense_rank() over (
                        partition by document_id, is_of_goal
                        order by section_no, start_item_no
                    ) as integer)
        end as goal_no
    from judged
)

select * from numbered
