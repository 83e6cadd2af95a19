"""Documents to staging. Transcribes what is printed; SQL interprets it."""
