{{ corrected_rows(
    'project',
    0,
    [
        'heading_text', 'unit_text', 'plan_header_text', 'total_budget_source_ref', 'fiscal_funds_source_ref',
        'other_funds_source_ref'
    ]
) }}
