with goals as (
    select
        department_goal_id,
        document_id,
        {{ without_space('concat_ws(chr(10), duty_name, activity_name, goal_text, indicator_text, standard_text)') }}
            as goal_words
    from {{ to_read(ref('int_department_goal')) }}
),

level_words as (
    select * from {{ ref('government_level_word') }}
),

words as (
    select distinct word from level_words
    where division_ending <> ''
),

found as (
    select
        goals.department_goal_id,
        goals.document_id,
        words.word
    from goals
    inner join words on contains(goals.goal_words, words.word)
    left join level_words as exceptions on words.word = exceptions.exception_of
    group by goals.department_goal_id, goals.document_id, words.word, goals.goal_words
    having
        {{ occurrences('goals.goal_words', 'words.word') }}
        > coalesce(sum({{ occurrences('goals.goal_words', 'exceptions.word') }}), 0)
)

select * from found
