-- A pattern fits its own example, and decides it: else a row before it has taken its labels away.
with

patterns as (
    select 'term_word' as seed_name, term as value, priority as rank, pattern, example from {{ ref('term_word') }}
    union all
    select 'fund_label ' || property, value, priority, pattern, example from {{ ref('fund_label') }}
),

attributes as (
    select
        'attribute_label' as seed_name,
        attribute || ' ' || cast(rank as varchar) as value,
        pattern,
        example
    from {{ ref('attribute_label') }}
),

natures as (
    select
        'project_nature' as seed_name,
        nature_type as value,
        pattern,
        example
    from {{ ref('project_nature') }}
),

decided as (
    select
        examples.seed_name,
        examples.value,
        examples.example,
        patterns.value as decided_value
    from patterns as examples
    left join patterns
        on
            examples.seed_name = patterns.seed_name
            and {{ regexp_like(plain_label('examples.example'), 'patterns.pattern') }}
    qualify row_number() over (partition by examples.seed_name, examples.example order by patterns.rank nulls last) = 1
),

-- an attribute is told by its label alone, a nature by its words: one row and no other fits
matched as (
    {% for relation in ['attributes', 'natures'] %}
        select
            examples.seed_name,
            examples.value,
            examples.example,
            min(patterns.value) as decided_value,
            count(patterns.value) as fitting_count
        from {{ relation }} as examples
        left join {{ relation }} as patterns
            on {{ regexp_like(plain_label('examples.example'), 'patterns.pattern') }}
        group by examples.seed_name, examples.value, examples.example
        {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    seed_name,
    value,
    example,
    decided_value
from decided
where decided_value is distinct from value
union all
select
    seed_name,
    value,
    example,
    decided_value
from matched
where fitting_count <> 1 or decided_value is distinct from value
