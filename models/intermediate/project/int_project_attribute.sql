with attributes as (
    select
        document_id,
        project_no,
        attribute_no,
        label_text,
        column_text,
        -- a cell may print its label once more: 部门名称：某局
        case
            when {{ begins_with('value_text', 'label_text') }}
                then {{ regexp_replace_all('substr(value_text, length(label_text) + 1)', "'^[:：]'", "''") }}
            else value_text
        end as value_text
    from {{ source('staging', 'project_attribute') }}
    where row_no is null and value_text is not null
),

words as (
    select * from {{ ref('attribute_label') }}
),

natures as (
    select * from {{ ref('project_nature') }}
),

labels as (
    {{ labels_read('attributes', 'words', 'attribute', rank='rank') }}
),

-- of several labels of one attribute the lowest rank, then the first; 得分 is the column of a total that counts
known as (
    select
        attributes.document_id,
        attributes.project_no,
        labels.attribute,
        {{ trimmed('attributes.value_text') }} as value_text,
        {{ narrow(without_space('attributes.value_text')) }} as plain_value,
        row_number() over (
            partition by attributes.document_id, attributes.project_no, labels.attribute
            order by labels.rank, attributes.attribute_no
        ) as value_no
    from attributes
    inner join labels on attributes.label_text = labels.label_text
    where
        not {{ is_dash('attributes.value_text') }}
        and (
            labels.attribute <> 'total_score' or attributes.column_text is null
            or {{ regexp_like('attributes.column_text', "'得分|评分'") }}
        )
),

nature_values as (
    select distinct plain_value from known
    where attribute = 'nature'
),

natures_said as (
    select
        nature_values.plain_value,
        min(natures.nature_type) as nature_type
    from nature_values
    inner join natures on {{ regexp_like(chosen_options('nature_values.plain_value'), 'natures.pattern') }}
    group by nature_values.plain_value
    having count(*) = 1
),

pivoted as (
    select
        known.document_id,
        known.project_no,
        min(known.value_text) filter (where known.attribute = 'implementer' and known.value_no = 1) as implementer_text,
        min(known.value_text) filter (where known.attribute = 'department' and known.value_no = 1) as department_text,
        min(known.value_text) filter (where known.attribute = 'purpose' and known.value_no = 1) as purpose_text,
        min(known.plain_value) filter (where known.attribute = 'start_date' and known.value_no = 1) as start_text,
        min(known.plain_value) filter (where known.attribute = 'end_date' and known.value_no = 1) as end_text,
        min(known.plain_value) filter (where known.attribute = 'period' and known.value_no = 1) as period_text,
        min(known.plain_value) filter (where known.attribute = 'total_score' and known.value_no = 1) as score_text,
        -- two labels that say two natures say none
        case when count(distinct natures_said.nature_type) = 1 then min(natures_said.nature_type) end as nature_type
    from known
    left join natures_said on known.attribute = 'nature' and known.plain_value = natures_said.plain_value
    group by known.document_id, known.project_no
),

dated as (
    select
        *,
        {{ dates_in("coalesce(start_text, period_text)") }} as start_dates,
        {{ dates_in("coalesce(end_text, period_text)") }} as end_dates
    from pivoted
),

described as (
    select
        document_id,
        project_no,
        {{ code_before_name('implementer_text') }} as implementer_code,
        {{ name_behind_code('implementer_text') }} as implementer_name,
        {{ code_before_name('department_text') }} as department_code,
        {{ name_behind_code('department_text') }} as department_name,
        purpose_text,
        coalesce(nature_type, 'unknown') as nature_type,
        {{ day_of(list_member('start_dates', 1), false) }} as start_date,
        -- one date of a period is its beginning
        case
            when end_text is not null or {{ list_size('end_dates') }} > 1
                then {{ day_of(list_member('end_dates', -1), true) }}
        end as end_date,
        try_cast({{ regexp_replace_all('score_text', "'分$'", "''") }} as decimal(9, 2)) as total_score_points
    from dated
)

select * from described
