{{ corrected_rows(
    'project',
    0,
    [
        'plan_header_text', 'total_budget_source_ref', 'fiscal_funds_source_ref', 'other_funds_source_ref'
    ]
) }}
