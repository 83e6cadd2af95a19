-- A pattern fits its own example, and decides it: else a row before it has taken its labels away.
with

patterns as (
    select
        'term_word' as seed_name,
        term as meaning,
        priority,
        pattern,
        example
    from {{ ref('term_word') }}
    union all
    select
        'fund_label ' || property as seed_name,
        value as meaning,
        priority,
        pattern,
        example
    from {{ ref('fund_label') }}
),

attributes as (
    select
        'attribute_label' as seed_name,
        attribute || ' ' || cast(rank as string) as meaning,
        pattern,
        example
    from {{ ref('attribute_label') }}
),

natures as (
    select
        'project_nature' as seed_name,
        nature_type as meaning,
        pattern,
        example
    from {{ ref('project_nature') }}
),

decided as (
    select
        examples.seed_name,
        examples.meaning,
        examples.example,
        patterns.meaning as decided_meaning
    from patterns as examples
    left join patterns
        on
            examples.seed_name = patterns.seed_name
            and {{ regexp_like(plain_label('examples.example'), 'patterns.pattern') }}
    qualify row_number() over (
        partition by examples.seed_name, examples.example order by patterns.priority nulls last
    ) = 1
),

-- an attribute is told by its label alone, a nature by its words: one row and no other fits
matched as (
    {% for relation in ['attributes', 'natures'] %}
        select
            examples.seed_name,
            examples.meaning,
            examples.example,
            min(patterns.meaning) as decided_meaning,
            count(patterns.meaning) as fitting_count
        from {{ relation }} as examples
        left join {{ relation }} as patterns
            on {{ regexp_like(plain_label('examples.example'), 'patterns.pattern') }}
        group by examples.seed_name, examples.meaning, examples.example
        {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    seed_name,
    meaning,
    example,
    decided_meaning
from decided
where decided_meaning is distinct from meaning
union all
select
    seed_name,
    meaning,
    example,
    decided_meaning
from matched
where fitting_count <> 1 or decided_meaning is distinct from meaning
