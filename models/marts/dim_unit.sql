with projects as (
    select * from {{ ref('int_project_context') }}
    where is_current
),

document_units as (
    select * from {{ ref('int_document_unit') }}
),

years as (
    select * from {{ ref('int_document_year') }}
),

versions as (
    select * from {{ ref('int_document_version') }}
    where is_current
),

departments as (
    select * from {{ ref('department') }}
),

department_words as (
    {{ pieces_between('departments', 'department_id, priority', 'pattern', '|') }}
),

printed as (
    select
        unit_id,
        division_code,
        unit_code,
        unit_name,
        fiscal_year,
        document_id
    from projects
    union all
    select
        document_units.unit_id,
        document_units.division_code,
        document_units.unit_code,
        document_units.unit_name,
        years.fiscal_year,
        document_units.document_id
    from document_units
    inner join versions on document_units.document_id = versions.document_id
    inner join years on document_units.document_id = years.document_id
),

counted as (
    select
        unit_id,
        division_code,
        unit_code,
        unit_name,
        coalesce(fiscal_year, 0) as name_year,
        count(*) as form_count
    from printed
    where unit_id is not null
    group by unit_id, division_code, unit_code, unit_name, coalesce(fiscal_year, 0)
),

-- a name before none, the latest year before earlier ones, then the name printed most often
latest as (
    select * from counted
    qualify row_number() over (
        partition by unit_id
        order by
            case when unit_name is null then 1 else 0 end asc,
            name_year desc,
            form_count desc,
            unit_name asc
    ) = 1
),

-- a name may have words of several kinds: 教育体育局, 镇中心小学
departments_of_units as (
    select
        latest.unit_id,
        department_words.department_id
    from latest
    inner join department_words on instr(latest.unit_name, department_words.piece) > 0
    qualify row_number() over (
        partition by latest.unit_id
        order by department_words.priority
    ) = 1
),

described as (
    select
        latest.unit_id,
        latest.division_code,
        -- the first three of six digits are the department
        {{ regexp_first('latest.unit_code', "'^([0-9]{3})[0-9]{3}$'", 1) }} as department_code,
        latest.unit_code,
        latest.unit_name,
        coalesce(departments_of_units.department_id, 'unknown') as department_id
    from latest
    left join departments_of_units on latest.unit_id = departments_of_units.unit_id
)

select * from described
