{{ corrected_rows('goal', 'goal_no', ['label_text']) }}
