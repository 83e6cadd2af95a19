with documents as (
    select * from {{ ref('dim_document') }}
    where is_current
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

ledger as (
    select * from {{ source('staging', 'line_ledger') }}
),

all_documents as (
    select
        document_id,
        file_name
    from {{ ref('dim_document') }}
),

-- the files that were taken for versions of the current one
tied_versions as (
    select
        versions.current_document_id as document_id,
        {{ text_in_order('all_documents.file_name', 'all_documents.file_name', "'、'") }} as file_names
    from versions
    inner join all_documents on versions.document_id = all_documents.document_id
    where versions.is_version_tie
    group by versions.current_document_id
),

grouped_versions as (
    select
        versions.current_document_id as document_id,
        {{ text_in_order('all_documents.file_name', 'all_documents.file_name', "'、'") }} as file_names
    from versions
    inner join all_documents on versions.document_id = all_documents.document_id
    where versions.is_version_uncertain
    group by versions.current_document_id
),

years_unknown as (
    select
        'R01' as rule_id,
        documents.document_id,
        coalesce(years.fiscal_year_evidence_text, documents.title_text) as evidence_text,
        case
            when years.is_fiscal_year_ambiguous then '标题写有几个年度，预算年度不明'
            else '清单、标题和项目编码都没有说明预算年度'
        end as message_zh,
        case
            when years.is_fiscal_year_ambiguous then 'the title names several years: the fiscal year is unknown'
            else 'neither manifest, title nor project codes tell the fiscal year'
        end as message_en
    from documents
    inner join years on documents.document_id = years.document_id
    where years.fiscal_year is null
),

divisions_unknown as (
    select
        'R02' as rule_id,
        documents.document_id,
        divisions.division_evidence_text as evidence_text,
        case
            when divisions.is_division_ambiguous
                then concat('名称“', divisions.division_evidence_text, '”与几个行政区划相符，区划不明')
            else '清单、名称和项目编码都没有说明行政区划'
        end as message_zh,
        case
            when divisions.is_division_ambiguous
                then concat('the name "', divisions.division_evidence_text, '" fits several divisions')
            else 'neither manifest, name nor project codes lead to a division'
        end as message_en
    from documents
    inner join divisions on documents.document_id = divisions.document_id
    where divisions.division_id = 'unknown'
),

statuses_ambiguous as (
    select
        'R03' as rule_id,
        documents.document_id,
        documents.title_text as evidence_text,
        '标题写有几种公开状态，状态不明' as message_zh,
        'the title prints several statuses of disclosure' as message_en
    from documents
    inner join statuses on documents.document_id = statuses.document_id
    where statuses.is_status_ambiguous
),

versions_tied as (
    select
        'R04' as rule_id,
        documents.document_id,
        tied_versions.file_names as evidence_text,
        concat('状态和日期相同，只按文件标识取为现行：', tied_versions.file_names) as message_zh,
        concat('same status and dates, decided by document_id alone: ', tied_versions.file_names) as message_en
    from documents
    inner join tied_versions on documents.document_id = tied_versions.document_id
),

versions_uncertain as (
    select
        'R05' as rule_id,
        documents.document_id,
        grouped_versions.file_names as evidence_text,
        concat('区划不明而被视为同一文件的版本：', grouped_versions.file_names) as message_zh,
        concat('taken for versions of one although no division is known: ', grouped_versions.file_names) as message_en
    from documents
    inner join grouped_versions on documents.document_id = grouped_versions.document_id
),

units_unknown as (
    select
        'R06' as rule_id,
        documents.document_id,
        documents.title_text as evidence_text,
        '没有印预算单位的编码或名称' as message_zh,
        'no code or name of the budget unit is printed' as message_en
    from documents
    inner join units on documents.document_id = units.document_id
    where units.unit_basis = 'none'
),

taxonomies_mixed as (
    select
        'R07' as rule_id,
        document_id,
        taxonomy_version as evidence_text,
        '成本指标既作一级指标，又列在产出指标之下' as message_zh,
        'costs stand both as a first level of their own and under the outputs' as message_en
    from documents
    where taxonomy_version = 'mixed'
),

texts_unexplained as (
    select
        'R08' as rule_id,
        documents.document_id,
        concat(cast(ledger.character_count as varchar), ' 个字符') as evidence_text,
        concat('有', cast(ledger.character_count as varchar), '个字符没有规则能解释') as message_zh,
        concat(cast(ledger.character_count as varchar), ' characters that no rule accounts for') as message_en
    from documents
    inner join ledger on documents.document_id = ledger.document_id
    where ledger.line_role = 'unexplained' and ledger.character_count > 0
),

combined as (
    select * from years_unknown
    union all
    select * from divisions_unknown
    union all
    select * from statuses_ambiguous
    union all
    select * from versions_tied
    union all
    select * from versions_uncertain
    union all
    select * from units_unknown
    union all
    select * from taxonomies_mixed
    union all
    select * from texts_unexplained
),

findings as (
    select
        combined.rule_id,
        'document' as subject_type,
        combined.document_id,
        cast(null as varchar) as project_id,
        cast(null as integer) as indicator_no,
        combined.evidence_text,
        combined.message_zh,
        combined.message_en,
        places.source_ref
    from combined
    inner join places on combined.document_id = places.document_id
)

select * from findings
