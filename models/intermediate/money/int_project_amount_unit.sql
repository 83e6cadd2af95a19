with labels as (
    select
        document_id,
        project_no,
        min(unit_text) as unit_text
    from {{ ref('int_fund_cell') }}
    where unit_text is not null
    group by document_id, project_no
    having count(distinct unit_text) = 1
),

-- the unit in the labels of a form's money is its own; else the one printed over it
projects as (
    select
        forms.document_id,
        forms.project_no,
        coalesce(labels.unit_text, forms.amount_unit_text) as amount_unit_text
    from {{ ref('int_corrected_project') }} as forms
    left join labels on forms.document_id = labels.document_id and forms.project_no = labels.project_no
),

documents as (
    select
        document_id,
        amount_unit_text
    from {{ source('staging', 'document') }}
),

manifest as (
    select
        document_id,
        {{ without_space('amount_unit') }} as amount_unit
    from {{ source('staging', 'manifest') }}
),

amount_units as (
    select * from {{ ref('amount_unit') }}
),

unit_texts as (
    select amount_unit_text from projects
    union
    select amount_unit_text from documents
),

read_texts as (
    select
        unit_texts.amount_unit_text,
        amount_units.amount_unit,
        -- a unit of money is printed, but which one cannot be said: two of them (元 or 万元), or one not listed (美元)
        amount_units.amount_unit is null
        and {{ regexp_like('unit_texts.amount_unit_text', "'[元圆圓]'") }} as is_conflict
    from unit_texts
    left join amount_units
        on {{ list_only(amount_unit_words('unit_texts.amount_unit_text')) }} = amount_units.printed_unit
    where unit_texts.amount_unit_text is not null
),

form_units as (
    select
        projects.document_id,
        projects.project_no,
        read_texts.amount_unit,
        coalesce(read_texts.is_conflict, false) as is_conflict
    from projects
    left join read_texts on projects.amount_unit_text = read_texts.amount_unit_text
),

-- the unit that all forms with one share; where no form prints any, the one printed elsewhere in the document
common_units as (
    select
        documents.document_id,
        case
            when count(distinct form_units.amount_unit) = 1 then min(form_units.amount_unit)
            when count(form_units.amount_unit) = 0 then min(read_texts.amount_unit)
        end as amount_unit
    from documents
    left join form_units on documents.document_id = form_units.document_id
    left join read_texts on documents.amount_unit_text = read_texts.amount_unit_text
    group by documents.document_id
),

chosen as (
    select
        form_units.document_id,
        form_units.project_no,
        form_units.amount_unit as form_unit,
        case
            when manifest.amount_unit is not null then manifest.amount_unit
            when form_units.amount_unit is not null or form_units.is_conflict then form_units.amount_unit
            else common_units.amount_unit
        end as amount_unit,
        case
            when manifest.amount_unit is not null then 'manifest'
            when form_units.amount_unit is not null then 'form'
            when form_units.is_conflict then 'none'
            when common_units.amount_unit is not null then 'document'
            else 'none'
        end as amount_unit_basis,
        manifest.amount_unit is null and form_units.is_conflict as is_amount_unit_conflict
    from form_units
    inner join common_units on form_units.document_id = common_units.document_id
    left join manifest on form_units.document_id = manifest.document_id
),

scaled as (
    select
        {{ project_id('chosen') }} as project_id,
        chosen.document_id,
        chosen.project_no,
        chosen.form_unit,
        amount_units.amount_unit,
        amount_units.factor,
        chosen.amount_unit_basis,
        chosen.is_amount_unit_conflict
    from chosen
    left join amount_units on chosen.amount_unit = amount_units.printed_unit
)

select * from scaled
