{{ corrected_rows('indicator', 'indicator_no', ['level1_source_ref', 'target_source_ref', 'term_text']) }}
