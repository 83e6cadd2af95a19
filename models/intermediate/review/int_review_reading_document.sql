with documents as (
    select * from {{ ref('dim_document') }}
),

places as (
    select
        document_id,
        source_ref
    from {{ source('staging', 'document') }}
),

years as (
    select * from {{ ref('int_document_year') }}
),

divisions as (
    select * from {{ ref('int_document_division') }}
),

statuses as (
    select * from {{ ref('int_document_status') }}
),

versions as (
    select * from {{ ref('int_document_version') }}
),

units as (
    select * from {{ ref('int_document_unit') }}
),

former_names as (
    select * from {{ ref('int_division_former') }}
),

ledger as (
    select * from {{ source('staging', 'line_ledger') }}
    where line_role = 'unexplained'
),

projects as (
    select * from {{ ref('dim_project') }}
),

amounts as (
    select
        0 as measure_no,
        budget_cny as amount_cny
    from {{ ref('fct_project_budget') }}
    union all
    select
        checkpoint_month as measure_no,
        cumulative_cny as amount_cny
    from {{ ref('fct_spending_plan') }}
),

sums as (
    select
        measure_no,
        sum(abs(amount_cny)) as sum_cny
    from amounts
    where amount_cny is not null
    group by measure_no
),

-- the reports add up counties: what does not fit their columns is NULL there
largest_sum as (
    select coalesce(bool_or({{ money_sum('sum_cny') }} is null), false) as is_sum_too_large
    from sums
),

rules as (
    select listed.rule_id from (
        values ('R01'), ('R02'), ('R03'), ('R04'), ('R05'), ('R06'), ('R07'), ('R08'), ('R35')
    ) as listed (rule_id)
),

-- the files that were taken for versions of the current one
tied_versions as (
    select
        versions.current_document_id as document_id,
        {{ text_in_order('documents.file_name', 'documents.file_name', "'、'") }} as file_names
    from versions
    inner join documents on versions.document_id = documents.document_id
    where versions.is_version_tie
    group by versions.current_document_id
),

grouped_versions as (
    select
        versions.current_document_id as document_id,
        {{ text_in_order('documents.file_name', 'documents.file_name', "'、'") }} as file_names
    from versions
    inner join documents on versions.document_id = documents.document_id
    where versions.is_version_uncertain
    group by versions.current_document_id
),

described as (
    select
        documents.document_id,
        documents.title_text,
        documents.taxonomy_version,
        years.fiscal_year,
        years.is_fiscal_year_ambiguous,
        years.fiscal_year_evidence_text,
        divisions.division_id,
        divisions.is_division_ambiguous,
        divisions.division_evidence_text,
        statuses.is_status_ambiguous,
        tied_versions.file_names as tied_file_names,
        grouped_versions.file_names as grouped_file_names,
        units.unit_basis,
        ledger.character_count,
        largest_sum.is_sum_too_large,
        former_names.former_name,
        former_names.changed_year,
        former_names.successor_names,
        places.source_ref
    from documents
    inner join places on documents.document_id = places.document_id
    left join years on documents.document_id = years.document_id
    left join divisions on documents.document_id = divisions.document_id
    left join statuses on documents.document_id = statuses.document_id
    left join tied_versions on documents.document_id = tied_versions.document_id
    left join grouped_versions on documents.document_id = grouped_versions.document_id
    left join units on documents.document_id = units.document_id
    left join ledger on documents.document_id = ledger.document_id
    left join former_names on documents.document_id = former_names.document_id
    cross join largest_sum
    where documents.is_current
),

judged as (
    select
        rules.rule_id,
        described.document_id,
        case rules.rule_id
            when 'R01' then described.fiscal_year is null
            when 'R02' then described.division_id = 'unknown'
            when 'R03' then described.is_status_ambiguous
            when 'R04' then described.tied_file_names is not null
            when 'R05' then described.grouped_file_names is not null
            when 'R06' then described.unit_basis = 'none'
            when 'R07' then described.taxonomy_version = 'mixed'
            when 'R08' then described.character_count > 0
            when 'R35' then described.is_sum_too_large
        end as is_failing,
        case rules.rule_id
            when 'R01' then case when described.is_fiscal_year_ambiguous then 'ambiguous' else 'untold' end
            when 'R02'
                then case
                    when described.former_name is not null then 'renamed'
                    when described.is_division_ambiguous then 'ambiguous'
                    else 'untold'
                end
        end as message_case,
        case rules.rule_id
            when 'R01' then coalesce(described.fiscal_year_evidence_text, described.title_text)
            when 'R02' then coalesce(described.former_name, described.division_evidence_text)
            when 'R04' then described.tied_file_names
            when 'R05' then described.grouped_file_names
            when 'R07' then described.taxonomy_version
            when 'R08' then concat_ws('', cast(described.character_count as string), ' 个字符')
            else described.title_text
        end as evidence_text,
        described.source_ref,
        described.division_evidence_text,
        described.former_name,
        described.changed_year,
        described.successor_names,
        described.tied_file_names,
        described.grouped_file_names,
        described.character_count
    from described
    cross join rules
),

-- a fault of a document is asked of all its forms
asked as (
    select
        rules.rule_id,
        projects.document_id,
        projects.project_id
    from projects
    cross join rules
),

reviewed as (
    {{ reviewed(
        'judged', 'document',
        [
            'division_evidence_text', 'former_name', 'changed_year', 'successor_names', 'tied_file_names',
            'grouped_file_names', 'character_count'
        ],
        case='message_case', asked='asked'
    ) }}
)

select * from reviewed
