-- Texts are searched in half width and without white space: a word printed otherwise in a seed would never be found.
with

words as (
    select
        'rate_name' as seed,
        word
    from {{ ref('rate_name') }}
    union all
    select
        'direction_exception' as seed,
        word
    from {{ ref('direction_exception') }}
    union all
    select
        'cost_word' as seed,
        word
    from {{ ref('cost_word') }}
    union all
    select
        'goal_verb' as seed,
        word
    from {{ ref('goal_verb') }}
    union all
    select
        'text_amount_word' as seed,
        word
    from {{ ref('text_amount_word') }}
    union all
    select
        'text_amount_period' as seed,
        word
    from {{ ref('text_amount_period') }}
    union all
    select
        'text_money_unit' as seed,
        spelling as word
    from {{ ref('text_money_unit') }}
)

select
    seed,
    word
from words
where {{ without_space(narrow('word')) }} is distinct from word
