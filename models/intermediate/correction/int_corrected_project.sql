{#- 51000021R000000019951-工资性支出: the code and the name of a project in one cell. -#}
{% set code_before_name = "'^([0-9]{6}[0-9A-Z]{8,18})[-—–－]+([^-—–－].*)$'" %}

with corrected as (
    {{ corrected_rows(
        'project',
        0,
        [
            'form_no', 'plan_header_text', 'total_budget_source_ref', 'fiscal_funds_source_ref',
            'other_funds_source_ref'
        ]
    ) }}
),

attributes as (
    select * from {{ ref('int_project_attribute') }}
),

named as (
    select
        *,
        {{ regexp_first('project_name', code_before_name, 1) }} as glued_code,
        {{ regexp_first('project_name', code_before_name, 2) }} as glued_name
    from corrected
),

-- a form without a unit line or a field for the purpose has labels of them; what is printed for the project itself
-- comes before what stands over the table, and the department stands in for a unit that is not named
completed as (
    select
        corrected.document_id,
        corrected.project_no,
        corrected.form_no,
        case
            when attributes.implementer_name is not null then attributes.implementer_code
            when coalesce(corrected.unit_code, corrected.unit_name) is not null then corrected.unit_code
            else attributes.department_code
        end as unit_code,
        case
            when attributes.implementer_name is not null then attributes.implementer_name
            when coalesce(corrected.unit_code, corrected.unit_name) is not null then corrected.unit_name
            else attributes.department_name
        end as unit_name,
        attributes.implementer_name is null
        and coalesce(corrected.unit_code, corrected.unit_name) is null as is_unit_department,
        corrected.amount_unit_text,
        coalesce(corrected.project_code, corrected.glued_code) as project_code,
        case
            when coalesce(corrected.project_code, corrected.glued_code) = corrected.glued_code then corrected.glued_name
            else corrected.project_name
        end as project_name,
        corrected.total_budget_text,
        corrected.fiscal_funds_text,
        corrected.other_funds_text,
        coalesce(corrected.purpose_text, attributes.purpose_text) as purpose_text,
        corrected.plan_header_text,
        corrected.total_budget_source_ref,
        corrected.fiscal_funds_source_ref,
        corrected.other_funds_source_ref,
        corrected.source_ref
    from named as corrected
    left join attributes
        on corrected.document_id = attributes.document_id and corrected.project_no = attributes.project_no
)

select * from completed
