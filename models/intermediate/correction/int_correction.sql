{%- set money_refs = {
    'total_budget_text': 'total_budget_source_ref',
    'fiscal_funds_text': 'fiscal_funds_source_ref',
    'other_funds_text': 'other_funds_source_ref',
} -%}

with corrections as (
    select * from {{ ref('correction') }}
),

documents as (
    select * from {{ source('staging', 'document') }}
),

placed as (
    select
        corrections.*,
        documents.document_id
    from corrections
    left join documents on corrections.file_name = documents.file_name
),

-- only documents that a correction names: the cells of all others are never spelled out
projects as (
    select * from {{ source('staging', 'project') }}
    where document_id in (select placed.document_id from placed)
),

plan_points as (
    select * from {{ source('staging', 'plan_point') }}
    where document_id in (select placed.document_id from placed)
),

goals as (
    select * from {{ source('staging', 'goal') }}
    where document_id in (select placed.document_id from placed)
),

indicators as (
    select * from {{ source('staging', 'indicator') }}
    where document_id in (select placed.document_id from placed)
),

cells as (
    {{ correctable_cells('project', 'projects', 0, money_refs) }}
    union all
    {{ correctable_cells('plan_point', 'plan_points', 'checkpoint_month') }}
    union all
    {{ correctable_cells('goal', 'goals', 'goal_no') }}
    union all
    {{ correctable_cells(
        'indicator', 'indicators', 'indicator_no',
        {'level1_text': 'level1_source_ref', 'target_text': 'target_source_ref'}
    ) }}
),

candidates as (
    select
        placed.file_name,
        placed.source_ref,
        placed.column_name,
        placed.printed_text,
        placed.corrected_text,
        placed.reason,
        placed.reviewer,
        placed.reviewed_on,
        placed.document_id,
        cells.project_no,
        cells.sub_no,
        coalesce({{ without_space('cells.printed_text') }}, '')
        = coalesce({{ without_space('placed.printed_text') }}, '') as is_match
    from placed
    left join cells
        on
            placed.document_id = cells.document_id
            and placed.column_name = cells.column_name
            and (placed.source_ref = cells.value_ref or placed.source_ref = cells.row_ref)
),

counted as (
    select
        *,
        count(*) filter (where project_no is not null and is_match)
            over (partition by file_name, source_ref, column_name) as match_count,
        row_number() over (
            partition by file_name, source_ref, column_name
            order by case when project_no is not null and is_match then 0 else 1 end, project_no, sub_no
        ) as candidate_no
    from candidates
),

decided as (
    select
        {{ hash_id(['file_name', 'source_ref', 'column_name']) }} as correction_id,
        file_name,
        source_ref,
        column_name,
        printed_text,
        corrected_text,
        reason,
        reviewer,
        reviewed_on,
        document_id,
        project_no,
        sub_no,
        case
            when document_id is null then 'absent'
            when match_count = 0 then 'mismatched'
            -- a first level appears on several rows: a correction of its printed cell corrects them all
            when match_count = 1 or column_name = 'level1_text' then 'applied'
            else 'ambiguous'
        end as status
    from counted
    where candidate_no = 1 or (column_name = 'level1_text' and project_no is not null and is_match)
)

select * from decided
