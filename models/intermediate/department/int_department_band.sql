{#- What stands between a figure and the word of a grade, or the other way round, where no mark parts them. -#}
{% set figure_before = "'[%‰分上下内间于者]$'" %}
{% set figure_behind = "'^([0-9≥≤><=]|[不低高大小超]+[于过])'" %}
{% set tokens_of_goal = 'partition by document_id, goal_no order by item_no, token_no' %}

with items as (
    select
        document_id,
        goal_no,
        section_no,
        item_no,
        source_ref,
        {{ bands_spelled_out(prose_head('item_text')) }} as standard_text
    from {{ to_read(ref('int_department_item')) }}
    where part_type = 'standard'
),

words as (
    select * from {{ ref('grade_word') }}
),

tokens as (
    {{ tokens_of(
        'items', 'document_id, goal_no, section_no, item_no, source_ref', 'standard_text', ';；。,，、:：()（）为是即'
    ) }}
),

-- 为优, 优：, 90%以上优, 优≥90%; but neither 优化率 nor 中小学.
graded as (
    select
        tokens.document_id,
        tokens.goal_no,
        tokens.section_no,
        tokens.item_no,
        tokens.token_no,
        tokens.source_ref,
        words.grade,
        case
            when words.word is null then tokens.token
            when {{ ends_in('tokens.token', 'words.word') }}
                then left(tokens.token, length(tokens.token) - length(words.word))
            else substr(tokens.token, length(words.word) + 1)
        end as bound_text
    from tokens
    left join words
        on
            tokens.token = words.word
            or (
                {{ ends_in('tokens.token', 'words.word') }}
                and {{ regexp_like("left(tokens.token, length(tokens.token) - length(words.word))", figure_before) }}
            )
            or (
                {{ begins_with('tokens.token', 'words.word') }}
                and {{ regexp_like("substr(tokens.token, length(words.word) + 1)", figure_behind) }}
            )
    qualify {{ is_longest('words.word', 'tokens.document_id, tokens.section_no, tokens.item_no, tokens.token_no') }}
),

told as (
    select
        *,
        {{ regexp_like('bound_text', "'[0-9]'") }} as has_figure
    from graded
    where grade is not null or {{ regexp_like('bound_text', "'[0-9]'") }}
),

-- The grade stands behind its figures, or before them: the first token of the standard tells.
ordered as (
    select
        *,
        first_value(grade is not null and not has_figure) over ({{ tokens_of_goal }}) as is_grade_first,
        count(grade) over ({{ tokens_of_goal }} rows unbounded preceding) as grade_count
    from told
),

numbered as (
    select
        *,
        case when is_grade_first or grade is null then grade_count else grade_count - 1 end
        + case when is_grade_first then 0 else 1 end as band_no
    from ordered
),

-- Several figures before one grade are no bounds of one band.
bands as (
    select
        document_id,
        goal_no,
        band_no,
        max(grade) as grade,
        case when count(*) filter (where has_figure) = 1 then max(bound_text) filter (where has_figure) end
            as band_text,
        max(source_ref) filter (where grade is not null) as source_ref
    from numbered
    group by document_id, goal_no, band_no
    having max(grade) is not null
)

select * from bands
