with alignments as (
    select * from {{ ref('int_department_alignment') }}
)

select * from alignments
