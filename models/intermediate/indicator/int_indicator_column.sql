{% set figure = "'^([0-9]+(?:[.][0-9]+)?)[分%]?$'" %}
{% set label_figure = "'[(]([0-9]+(?:[.][0-9]+)?)分?[)]$'" %}

with attributes as (
    select * from {{ source('staging', 'indicator_attribute') }}
),

words as (
    select * from {{ ref('indicator_attribute_word') }}
),

comparators as (
    select
        word,
        comparator
    from {{ ref('target_comparator') }}
    where position = 'prefix' and comparator <> 'none'
    union all
    select
        '不' || word as word,
        negated_comparator as comparator
    from {{ ref('target_comparator') }}
    where position = 'prefix' and negated_comparator <> 'none'
),

units as (
    select * from {{ ref('measure_unit') }}
    where dimension <> 'none'
),

-- few labels and few cells are printed again and again: each distinct one is compared once
labels as (
    select distinct label_text from attributes
),

plain_labels as (
    select
        label_text,
        {{ regexp_replace_all(narrow(without_space('label_text')), "'[(][^()]*[)]|:$'", "''") }} as plain_label,
        try_cast(
            {{ regexp_first(narrow(without_space('label_text')), label_figure, 1) }} as decimal(9, 4)
        ) as label_points
    from labels
),

roles as (
    select
        plain_labels.label_text,
        plain_labels.label_points,
        words.role
    from plain_labels
    inner join words
        on
            words.position = 'label'
            and {{ regexp_like('plain_labels.plain_label', "'^(?:' || words.pattern || ')$'") }}
    qualify row_number() over (partition by plain_labels.label_text order by words.word_order) = 1
),

sign_values as (
    select distinct
        attributes.value_text,
        roles.role
    from attributes
    inner join roles on attributes.label_text = roles.label_text
    where roles.role in ('sign', 'unit')
),

plain_values as (
    select
        value_text,
        role,
        lower({{ narrow(without_space('value_text')) }}) as plain_value
    from sign_values
),

-- what a cell means under a label that may head a comparator, a direction or a unit
sign_meanings as (
    select
        plain_values.value_text,
        plain_values.role,
        comparators.comparator,
        case when words.role = 'direction' then words.meaning end as direction,
        -- under 单位 any other word is one; elsewhere only a known one
        case
            when comparators.comparator is null and words.role is null
                then coalesce(units.unit, case when plain_values.role = 'unit' then plain_values.plain_value end)
        end as unit,
        units.unit is null as is_unit_unknown
    from plain_values
    left join comparators on plain_values.plain_value = comparators.word
    left join words
        on
            words.position = 'value'
            and {{ regexp_like('plain_values.plain_value', "'^(?:' || words.pattern || ')$'") }}
    left join units on plain_values.plain_value = units.spelling
    qualify
        row_number() over (partition by plain_values.value_text, plain_values.role order by words.word_order) = 1
),

-- 万元/平方公里: each side in its canonical spelling
composed_units as (
    select
        sign_meanings.value_text,
        sign_meanings.role,
        sign_meanings.comparator,
        sign_meanings.direction,
        case
            when sign_meanings.is_unit_unknown and sign_meanings.unit like '%/%'
                then
                    concat_ws(
                        '',
                        coalesce(tops.unit, split_part(sign_meanings.unit, '/', 1)),
                        '/',
                        coalesce(bottoms.unit, split_part(sign_meanings.unit, '/', 2))
                    )
            else sign_meanings.unit
        end as unit
    from sign_meanings
    left join units as tops on split_part(sign_meanings.unit, '/', 1) = tops.spelling
    left join units as bottoms on split_part(sign_meanings.unit, '/', 2) = bottoms.spelling
),

meant as (
    select
        attributes.document_id,
        attributes.project_no,
        attributes.indicator_no,
        attributes.attribute_no,
        attributes.value_text,
        roles.role,
        roles.label_points,
        composed_units.comparator,
        composed_units.direction,
        composed_units.unit,
        try_cast(
            {{ regexp_first(narrow(without_space('attributes.value_text')), figure, 1) }} as decimal(9, 4)
        ) as points
    from attributes
    inner join roles on attributes.label_text = roles.label_text
    left join composed_units
        on attributes.value_text = composed_units.value_text and roles.role = composed_units.role
),

-- the first column of a role decides where there are several
columns_of_indicators as (
    select
        document_id,
        project_no,
        indicator_no,
        min_by(comparator, attribute_no) filter (where comparator is not null) as comparator,
        min_by(direction, attribute_no) filter (where direction is not null) as direction,
        min_by(unit, attribute_no) filter (where unit is not null) as unit,
        min_by({{ without_space('value_text') }}, attribute_no) filter (where unit is not null) as unit_text,
        min_by(points, attribute_no) filter (where role = 'weight' and points is not null) as weight_points,
        min_by(label_points, attribute_no) filter (where role = 'weight' and label_points is not null)
            as stated_weight_points,
        min_by(points, attribute_no) filter (where role = 'score' and points is not null) as score_points,
        min_by(value_text, attribute_no) filter (where role = 'actual') as actual_text,
        -- a tick says which of several causes, and no more
        min_by(value_text, attribute_no) filter (
            where role = 'deviation' and not {{ regexp_like('value_text', "'^[√✓✔☑■●○]$'") }}
        ) as deviation_text
    from meant
    group by document_id, project_no, indicator_no
)

select * from columns_of_indicators
