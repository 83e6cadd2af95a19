"""Forms of the families beside 绩效目标表, with what they hold: rendered to every format, and read back."""
