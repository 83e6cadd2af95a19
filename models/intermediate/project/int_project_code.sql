{% set code_patterns = patterns_of('project_code_pattern') %}

with projects as (
    select
        document_id,
        project_no,
        project_code as printed_code,
        translate(upper({{ without_space(narrow('project_code')) }}), '—–‐−', '----') as whole_code
    from {{ to_read(ref('int_corrected_project')) }}
),

kinds as (
    select * from {{ to_read(ref('int_project_kind')) }}
),

patterns as (
    select * from {{ ref('project_code_pattern') }}
),

codes as (
    select distinct whole_code from projects
    where whole_code is not null
),

matched as (
    select
        codes.whole_code,
        patterns.code_pattern,
        substr(codes.whole_code, 1, patterns.division_length) as code_division_code,
        2000 + try_cast(substr(codes.whole_code, patterns.year_position, 2) as integer) as code_year
    from codes
    inner join patterns
        on
            {% call(pattern) with_each(code_patterns, 'patterns.pattern') -%}
                {{ regexp_like('codes.whole_code', pattern) }}
            {%- endcall %}
    qualify row_number() over (partition by codes.whole_code order by patterns.priority) = 1
),

described as (
    select
        {{ project_id('projects') }} as project_id,
        projects.document_id,
        -- a recognised code without the white space of a broken line; anything else as printed
        coalesce(matched.whole_code, projects.printed_code) as project_code,
        case
            when projects.whole_code is null or {{ is_dash('projects.printed_code') }} then 'missing'
            when matched.code_pattern is null then 'unrecognised'
            else matched.code_pattern
        end as code_pattern,
        matched.code_division_code,
        matched.code_year,
        matched.code_pattern is not null as is_code_recognised,
        projects.whole_code is not null
        -- once among the forms of one kind: results repeat the code of their targets
        and count(*) over (
            partition by projects.document_id, projects.whole_code, kinds.form_kind, kinds.as_of_month
        ) = 1 as is_code_unique
    from projects
    left join kinds on projects.document_id = kinds.document_id and projects.project_no = kinds.project_no
    left join matched on projects.whole_code = matched.whole_code
)

select * from described
