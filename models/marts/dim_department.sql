with

departments as (
    select * from {{ ref('department') }}
),

conformed as (
    select
        department_id,
        department_name,
        department_name_en
    from departments
)

select * from conformed
