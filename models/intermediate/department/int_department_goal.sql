{#- A first sentence of at most this many characters, with more text behind it, is what the goal is about. -#}
{% set short_sentence = "'^([^。：:；;！!]{2,20})[。：:].'" %}
{#- Behind a longer name 活动 and 职责 are part of a sentence: 全力开展招商活动. -#}
{% set longest_noun = 8 %}

with items as (
    select * from {{ to_read(ref('int_department_item')) }}
    where part_type <> 'aside'
),

suffixes as (
    select * from {{ ref('department_word') }}
    where role in ('heading_suffix', 'noun_suffix')
),

verbs as (
    select * from {{ ref('goal_verb') }}
    where object_place = 'behind' and not is_noun_too
),

headings as (
    select
        document_id,
        section_no,
        item_no,
        item_no = duty_item_no as is_duty,
        part_type = 'heading' as is_heading,
        case
            when part_type = 'heading'
                then {{ regexp_replace_all(without_space('item_text'), "'[。：:；;，,、.．]+$'", "''") }}
            when ordinal_text is not null
                then {{ regexp_first('item_text', short_sentence, 1) }}
        end as heading_text
    from items
    where item_no = start_item_no
),

cut_headings as (
    select
        headings.*,
        suffixes.role,
        left(headings.heading_text, length(headings.heading_text) - length(suffixes.word)) as noun_text
    from headings
    left join suffixes
        on
            headings.is_heading
            and {{ ends_in('headings.heading_text', 'suffixes.word') }}
            and length(headings.heading_text) > length(suffixes.word)
    qualify {{ is_longest('suffixes.word', 'headings.document_id, headings.section_no, headings.item_no') }}
),

names as (
    select
        document_id,
        section_no,
        item_no,
        is_duty,
        case
            when role = 'heading_suffix' then noun_text
            when
                role = 'noun_suffix'
                and length(noun_text) <= {{ longest_noun }}
                and not exists (
                    select 1 from verbs
                    where contains(cut_headings.noun_text, verbs.word)
                )
                then noun_text
            else heading_text
        end as name_text
    from cut_headings
),

-- the parts that labels cut out of one paragraph share its place
placed as (
    select
        *,
        coalesce(source_ref <> lag(source_ref) over (
            partition by document_id, goal_no
            order by item_no
        ), true) as is_new_place
    from items
),

goals as (
    select
        document_id,
        section_no,
        section_type,
        goal_no,
        start_item_no,
        duty_item_no,
        {% for part in ['goal', 'indicator', 'standard'] -%}
            {{ text_in_order('part_text', 'item_no', 'chr(10)') }} filter (where part_type = '{{ part }}')
                as {{ part }}_text,
        {% endfor -%}
        {{ without_space(
            text_in_order('item_text', 'item_no', "''") ~ " filter (where part_type <> 'heading')"
        ) }} as compared_text,
        {{ text_in_order('source_ref', 'item_no', "'+'") }} filter (where is_new_place) as source_ref,
        bool_or(
            length(part_text) >= {{ prose_limit() }}
            or (
                length(part_text) > 2 * {{ figure_limit() }}
                and {{ match_count('part_text', "'[0-9０-９]+'") }} > {{ figure_limit() }}
            )
        ) as is_long
    from placed
    where goal_no is not null
    group by document_id, section_no, section_type, goal_no, start_item_no, duty_item_no
),

named as (
    select
        goals.*,
        duties.name_text as duty_name,
        activities.name_text as activity_name,
        duty_headings.source_ref as duty_source_ref
    from goals
    left join names as duties
        on
            goals.document_id = duties.document_id
            and goals.section_no = duties.section_no
            and goals.duty_item_no = duties.item_no
    left join names as activities
        on
            goals.document_id = activities.document_id
            and goals.section_no = activities.section_no
            and goals.start_item_no = activities.item_no
            and not activities.is_duty
    left join items as duty_headings
        on
            goals.document_id = duty_headings.document_id
            and goals.section_no = duty_headings.section_no
            and goals.duty_item_no = duty_headings.item_no
            and goals.start_item_no <> goals.duty_item_no
),

compared as (
    select
        {{ department_goal_id('named') }} as department_goal_id,
        named.*,
        named.compared_text is not null and row_number() over (
            partition by named.document_id, named.compared_text
            order by named.goal_no
        ) > 1 as is_repeated
    from named
),

described as (
    select
        department_goal_id,
        document_id,
        section_no,
        section_type,
        goal_no,
        duty_name,
        activity_name,
        goal_text,
        indicator_text,
        standard_text,
        is_repeated,
        row_number() over (
            partition by document_id, section_type, goal_text, indicator_text, standard_text
            order by goal_no
        ) > 1 as is_copy,
        coalesce(is_long, false) as is_long,
        concat_ws('+', duty_source_ref, source_ref) as source_ref
    from compared
)

select * from described
