"""Documents with known truth for tests: `model` invents them, `table` and `text` print them, `truth` compares."""
