with items as (
    select
        document_id,
        goal_no,
        section_no,
        item_no,
        part_type,
        source_ref,
        {{ prose_head('part_text') }} as head_text
    from {{ to_read(ref('int_department_item')) }}
    where
        part_type in ('goal', 'indicator')
        and {{ may_state('part_text') }}
),

phrases as (
    {{ phrases_of('items', 'document_id, goal_no, section_no, item_no, part_type, source_ref', 'head_text') }}
),

-- what is beyond the limit is reported (Q40)
first_phrases as (
    select * from phrases
    qualify row_number() over (partition by document_id, section_no, item_no order by phrase_no) <= {{ figure_limit() }}
)

select * from first_phrases
