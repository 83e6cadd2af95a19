with goals as (
    select * from {{ ref('dim_department_goal') }}
),

phrases as (
    select * from {{ ref('int_department_phrase') }}
),

dates as (
    select * from {{ ref('int_target_date') }}
),

figures as (
    select * from {{ ref('int_department_figure') }}
),

texts as (
    select distinct phrase_text from phrases
),

-- A whole phrase: 6月底前, 年底前完成; a month or a year alone says when, not by when.
deadlines as (
    select
        texts.phrase_text,
        dates.*
    from texts
    inner join dates on texts.phrase_text = dates.target_text
    where {{ regexp_like('texts.phrase_text', "'[前底末内止]'") }}
),

joined as (
    select
        goals.*,
        phrases.item_no,
        phrases.phrase_no,
        phrases.part_type as from_type,
        phrases.phrase_text as target_text,
        phrases.source_ref as phrase_source_ref,
        figures.quantity_count,
        figures.comparator,
        figures.target_value,
        figures.target_value_to,
        figures.target_unit,
        {{ date_in_year('deadlines', 'goals.fiscal_year') }} as target_date
    from phrases
    inner join goals on phrases.document_id = goals.document_id and phrases.goal_no = goals.goal_no
    left join figures
        on phrases.phrase_text = figures.target_text and (figures.is_aimed_at or phrases.part_type = 'indicator')
    left join deadlines on phrases.phrase_text = deadlines.phrase_text
    where figures.target_text is not null or deadlines.phrase_text is not null
),

numbered as (
    select
        department_goal_id,
        cast(row_number() over (partition by department_goal_id order by item_no, phrase_no) as integer) as target_no,
        document_id,
        unit_id,
        division_id,
        division_code,
        fiscal_year,
        fiscal_year_start_date,
        from_type,
        target_text,
        case
            when quantity_count > 1 then 'list'
            when target_value_to is not null then 'range'
            when target_value is not null then 'number'
            else 'date'
        end as target_kind,
        comparator,
        target_value,
        target_value_to,
        target_unit,
        case when quantity_count is null then target_date end as target_date,
        phrase_source_ref as source_ref
    from joined
    where quantity_count is not null or target_date is not null
)

select * from numbered
