"""The forms of the whole country beside 绩效目标表: read by the labels they print, kept as they print them."""
