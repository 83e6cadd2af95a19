with indicators as (
    select * from {{ to_read_by_fact(ref('fct_indicator_target')) }}
),

projects as (
    select
        project_id,
        {{ words_only("left(concat_ws(' ', project_name, purpose_text, goal_text), " ~ prose_limit() ~ ")") }}
            as project_words
    from {{ to_read_by_fact(ref('dim_project')) }}
),

-- names repeat between projects: each distinct text is cut into its bigrams once
texts as (
    select distinct
        indicator_name,
        description_text
    from indicators
),

cut_texts as (
    select
        indicator_name,
        description_text,
        {{ words_only(
            "left(concat_ws(' ', indicator_name, nullif(description_text, indicator_name)), " ~ target_limit() ~ ")"
        ) }} as indicator_words
    from texts
),

texts_in_bigrams as (
    select
        indicator_name,
        description_text,
        {{ bigrams('indicator_words') }} as indicator_bigrams
    from cut_texts
),

shared as (
    select
        indicators.indicator_id,
        indicators.project_id,
        indicators.document_id,
        indicators.division_code,
        indicators.indicator_no,
        {{ list_size('texts_in_bigrams.indicator_bigrams') }} as bigram_count,
        {{ found_in('texts_in_bigrams.indicator_bigrams', 'projects.project_words') }} as shared_bigrams,
        indicators.source_ref
    from indicators
    inner join projects on indicators.project_id = projects.project_id
    inner join texts_in_bigrams
        on
            indicators.indicator_name is not distinct from texts_in_bigrams.indicator_name
            and indicators.description_text is not distinct from texts_in_bigrams.description_text
),

counted as (
    select
        *,
        {{ list_size('shared_bigrams') }} as shared_bigram_count
    from shared
),

scored as (
    select
        indicator_id,
        project_id,
        document_id,
        division_code,
        indicator_no,
        {{ ratio('shared_bigram_count', 'bigram_count') }} as similarity_ratio,
        {{ shared_words_text('shared_bigrams', 'shared_bigram_count', 'bigram_count') }} as evidence_text,
        source_ref
    from counted
)

select * from scored
