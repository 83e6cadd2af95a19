{{ corrected_rows('plan_point', 'checkpoint_month') }}
