with forms as (
    select * from {{ ref('int_form') }}
),

versions as (
    select * from {{ ref('int_document_version') }}
    where is_current
),

current_forms as (
    select
        forms.form_id,
        forms.document_id,
        forms.form_no,
        forms.form_family,
        forms.subject_type,
        forms.term_layout,
        forms.has_plan,
        forms.has_code,
        forms.has_basis,
        forms.has_purpose,
        forms.has_weight,
        forms.has_money,
        forms.is_loaded,
        forms.source_ref
    from forms
    inner join versions on forms.document_id = versions.document_id
)

select * from current_forms
