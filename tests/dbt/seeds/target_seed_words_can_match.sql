-- A seed word with white space, full width or capitals never matches a cell, because cells are compared without them.
with

words as (
    select spelling as word from {{ ref('measure_unit') }}
    union all
    select word from {{ ref('target_comparator') }}
    union all
    select word from {{ ref('target_date_word') }}
    union all
    select word from {{ ref('yes_no_option') }}
    union all
    select printed_text as word from {{ ref('indicator_category_alias') }}
)

select word
from words
where word != lower({{ narrow(without_space('word')) }})
