-- A backslash in a pattern means different things to different SQL engines, so the seeds hold none.
with

patterns as (
    select pattern from {{ ref('theme') }}
    union all
    select pattern from {{ ref('personal_content') }}
)

select pattern
from patterns
where instr(pattern, chr(92)) > 0
