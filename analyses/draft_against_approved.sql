-- What changed between a version that was replaced (a draft) and the one in its place?
-- 被取代的版本（如草案）与现行版本之间，项目和预算有什么变化？
-- One row per project of a replaced document and of the current ones of its unit and year that share a project with
-- it; forms of results are out. Projects meet by code, where none is printed by name, and order among equals. Budgets
-- are as printed, with the unit of their document: changed or same only where both are figures in one unit, else
-- not_comparable; added is in no replaced document of the unit and year, dropped in no current one. Ordered by county,
-- unit, document and project.
with documents as (
    select * from reports.document_overview
    where unit_id is not null and fiscal_year is not null
),

projects as (
    select * from staging.project
),

forms as (
    select * from staging.form
),

printed as (
    select
        documents.document_id,
        documents.unit_id,
        documents.fiscal_year,
        documents.is_current,
        documents.amount_unit,
        projects.project_no,
        projects.project_name,
        projects.total_budget_text,
        projects.source_ref,
        try_cast(replace(projects.total_budget_text, ',', '') as decimal(28, 10)) as figure,
        coalesce(
            nullif(regexp_replace(projects.project_code, '[\s\p{Z}]', '', 'g'), ''),
            regexp_replace(projects.project_name, '[\s\p{Z}]', '', 'g')
        ) as plain_key
    from projects
    inner join documents on projects.document_id = documents.document_id
    left join forms on projects.document_id = forms.document_id and projects.form_no = forms.form_no
    where coalesce(forms.form_family, '') not in ('self_evaluation', 'monitoring')
),

keyed as (
    select
        *,
        row_number() over (partition by document_id, plain_key order by project_no) as key_no,
        bool_or(is_current) over (partition by unit_id, fiscal_year, plain_key) as is_in_current,
        bool_or(not is_current) over (partition by unit_id, fiscal_year, plain_key) as is_in_replaced
    from printed
    where plain_key is not null
),

pairs as (
    select distinct
        earlier.document_id as earlier_document_id,
        later.document_id as later_document_id
    from keyed as earlier
    inner join keyed as later
        on
            earlier.unit_id = later.unit_id
            and earlier.fiscal_year = later.fiscal_year
            and earlier.plain_key = later.plain_key
    where not earlier.is_current and later.is_current
),

earlier_projects as (
    select
        pairs.earlier_document_id,
        pairs.later_document_id,
        keyed.*
    from pairs
    inner join keyed on pairs.earlier_document_id = keyed.document_id
),

later_projects as (
    select
        pairs.earlier_document_id,
        pairs.later_document_id,
        keyed.*
    from pairs
    inner join keyed on pairs.later_document_id = keyed.document_id
),

met as (
    select
        coalesce(earlier.earlier_document_id, later.earlier_document_id) as earlier_document_id,
        coalesce(earlier.later_document_id, later.later_document_id) as later_document_id,
        coalesce(later.project_no, earlier.project_no) as project_no,
        coalesce(later.project_name, earlier.project_name) as project_name,
        case
            when earlier.document_id is null then 'added'
            when later.document_id is null then 'dropped'
            when earlier.amount_unit <> later.amount_unit or later.amount_unit in ('mixed', 'unknown')
                then 'not_comparable'
            when earlier.figure = later.figure then 'same'
            when earlier.figure <> later.figure then 'changed'
            else 'not_comparable'
        end as change_type,
        earlier.total_budget_text as earlier_budget_text,
        later.total_budget_text as later_budget_text,
        earlier.source_ref as earlier_source_ref,
        later.source_ref as later_source_ref,
        coalesce(later.document_id || '-' || later.project_no, earlier.document_id || '-' || earlier.project_no)
            as project_id
    from earlier_projects as earlier
    full join later_projects as later
        on
            earlier.earlier_document_id = later.earlier_document_id
            and earlier.later_document_id = later.later_document_id
            and earlier.plain_key = later.plain_key
            and earlier.key_no = later.key_no
    -- a unit may publish a file per project: what another of its files has is neither added nor dropped
    where
        (earlier.document_id is not null or not later.is_in_replaced)
        and (later.document_id is not null or not earlier.is_in_current)
),

described as (
    select
        later.division_code,
        later.fiscal_year,
        later.unit_name,
        earlier.disclosure_status as earlier_status,
        later.disclosure_status as later_status,
        met.project_no,
        met.project_name,
        met.change_type,
        met.earlier_budget_text,
        earlier.amount_unit as earlier_amount_unit,
        met.later_budget_text,
        later.amount_unit as later_amount_unit,
        earlier.file_name as earlier_file_name,
        met.earlier_source_ref,
        later.file_name as later_file_name,
        met.later_source_ref,
        met.project_id
    from met
    inner join documents as earlier on met.earlier_document_id = earlier.document_id
    inner join documents as later on met.later_document_id = later.document_id
)

select * from described
order by
    division_code nulls last,
    fiscal_year,
    unit_name nulls last,
    earlier_file_name,
    later_file_name,
    project_no,
    change_type
