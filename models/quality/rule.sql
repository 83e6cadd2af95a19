with rules as (
    select * from {{ ref('quality_rule') }}
),

described as (
    select
        rule_id,
        rule_name,
        rule_name_en,
        test_type,
        severity,
        definition,
        legal_basis,
        is_inferred,
        is_heuristic,
        is_verdict
    from rules
)

select * from described
