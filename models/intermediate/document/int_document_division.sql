with documents as (
    select * from {{ ref('int_document_year') }}
),

manifest as (
    select * from {{ source('staging', 'manifest') }}
),

divisions as (
    select * from {{ ref('int_division') }}
),

names as (
    select * from {{ ref('int_document_division_name') }}
),

candidates as (
    select * from {{ ref('int_division_candidate') }}
),

lines as (
    select * from {{ ref('int_division_line') }}
),

project_codes as (
    select
        project_codes.document_id,
        project_codes.code_division_code,
        lines.line_code
    from {{ ref('int_project_code') }} as project_codes
    left join lines on project_codes.code_division_code = lines.division_code
    where project_codes.code_division_code is not null
),

valid_divisions as (
    select
        documents.document_id,
        divisions.division_id,
        divisions.division_code
    from (
        select
            document_id,
            code_division_code as division_code
        from project_codes
        union
        select
            document_id,
            line_code as division_code
        from project_codes
        union
        select
            document_id,
            division_code
        from manifest
    ) as named_codes
    inner join documents on named_codes.document_id = documents.document_id
    inner join divisions on named_codes.division_code = divisions.division_code
    where
        case
            when documents.fiscal_year is null then divisions.is_current
            else
                divisions.valid_from_year <= documents.fiscal_year
                and coalesce(divisions.valid_to_year, 9999) >= documents.fiscal_year
        end
    -- a code whose name changes in that year has two rows
    qualify row_number() over (
        partition by documents.document_id, divisions.division_code order by divisions.valid_from_year desc
    ) = 1
),

-- a predecessor's code counts for its successor
counted_codes as (
    select
        project_codes.document_id,
        case
            when valid_divisions.division_code is not null then project_codes.code_division_code
            else coalesce(project_codes.line_code, project_codes.code_division_code)
        end as code_division_code
    from project_codes
    left join valid_divisions
        on
            project_codes.document_id = valid_divisions.document_id
            and project_codes.code_division_code = valid_divisions.division_code
),

code_counts as (
    select
        document_id,
        code_division_code,
        count(*) as code_count,
        sum(count(*)) over (partition by document_id) as all_count
    from counted_codes
    group by document_id, code_division_code
),

code_majorities as (
    select
        code_counts.document_id,
        code_counts.code_count,
        code_counts.all_count,
        code_counts.code_division_code,
        valid_divisions.division_id
    from code_counts
    left join valid_divisions
        on
            code_counts.document_id = valid_divisions.document_id
            and code_counts.code_division_code = valid_divisions.division_code
    where code_counts.code_count * 2 > code_counts.all_count
),

-- 朝阳区 is one of several: most codes say which
named_by_codes as (
    select distinct code_majorities.document_id
    from code_majorities
    inner join candidates
        on
            code_majorities.document_id = candidates.document_id
            and code_majorities.division_id = candidates.division_id
    where candidates.is_full_name or candidates.is_at_boundary
),

chosen as (
    select
        documents.document_id,
        case
            when manifest.division_code is not null then 'manifest'
            when names.is_division_ambiguous and named_by_codes.document_id is not null then 'code_majority'
            when names.is_division_ambiguous then 'none'
            -- a province in a county unit's name (河北省…开发区) says less than the codes within it
            when
                names.is_province_only
                and substr(code_majorities.division_id, 1, 2) = substr(names.division_id, 1, 2) then 'code_majority'
            when names.division_id is not null then 'name'
            when code_majorities.division_id is not null then 'code_majority'
            else 'none'
        end as division_basis,
        manifest.division_code as manifest_division_code,
        manifest_divisions.division_id as manifest_division_id,
        names.division_id as name_division_id,
        names.division_evidence_text,
        coalesce(
            manifest.division_code is null and named_by_codes.document_id is null and names.is_division_ambiguous, false
        ) as is_division_ambiguous,
        code_majorities.division_id as code_division_id,
        code_majorities.code_division_code,
        code_majorities.code_count,
        code_majorities.all_count
    from documents
    left join manifest on documents.document_id = manifest.document_id
    left join valid_divisions as manifest_divisions
        on
            manifest.document_id = manifest_divisions.document_id
            and manifest.division_code = manifest_divisions.division_code
    left join names on documents.document_id = names.document_id
    left join code_majorities on documents.document_id = code_majorities.document_id
    left join named_by_codes on documents.document_id = named_by_codes.document_id
),

identified as (
    select
        document_id,
        division_basis,
        is_division_ambiguous,
        coalesce(
            case division_basis
                when 'manifest' then manifest_division_id
                when 'name' then name_division_id
                when 'code_majority' then code_division_id
            end, 'unknown'
        ) as division_id,
        case
            when division_basis = 'manifest' then manifest_division_code
            when division_basis = 'code_majority' or (division_evidence_text is null and code_count is not null)
                then
                    concat_ws(
                        '',
                        cast(code_count as string), '/', cast(all_count as string), ' 个项目编码以 ',
                        code_division_code, ' 开头'
                    )
            else division_evidence_text
        end as division_evidence_text
    from chosen
),

coded as (
    select
        identified.document_id,
        identified.division_id,
        divisions.division_code,
        identified.division_basis,
        identified.division_evidence_text,
        identified.is_division_ambiguous
    from identified
    left join divisions on identified.division_id = divisions.division_id
)

select * from coded
