{{ corrected_rows('goal', 'goal_no') }}
