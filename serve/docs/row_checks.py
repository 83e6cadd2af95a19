"""The checks of staging rows in plain words, read from the pandera tables: one row per table and assertion."""

from collections.abc import Iterator

from ingest.staging import columns, tables

# The name of each pattern, and what it matches.
PATTERNS = {
    columns.ID: ("identifier", "16 hexadecimal digits"),
    r"^[0-9a-f]{64}$": ("SHA-256", "64 hexadecimal digits"),
    columns.REF: ("place", "lines of a text, cells or rows of a table, pages, tables; several are joined by +"),
    columns.TRIMMED: ("trimmed text", "begins and ends with a character that is not white space"),
    columns.UNIT_CODE: ("unit code", "3 to 9 digits"),
    r"^\d{6}$": ("division code", "6 digits"),
    r"^20\d\d$": ("fiscal year", "a year from 2000 to 2099"),
    r"^\d{4}-\d\d-\d\d$": ("date", "year-month-day"),
}


def rows() -> Iterator[tuple[str, str, str]]:
    """Table, what is asserted, and the columns that it is asserted of. Raises KeyError for a pattern without a name."""
    for table, model in tables.TABLES.items():
        schema = model.to_schema()
        yield table, "no two rows agree in the key", ", ".join(schema.unique or ())
        for check in schema.checks:
            yield table, str(check.name).replace("_", " "), "across the columns of a row"
        grouped: dict[str, list[str]] = {}
        for name, column in schema.columns.items():
            blank = "may be blank" if column.nullable else "never blank"
            words = [str(column.dtype), *[in_words(check) for check in column.checks], blank]
            grouped.setdefault("; ".join(words), []).append(name)
        for asserts, names in grouped.items():
            yield table, asserts, ", ".join(names)


def in_words(check) -> str:
    """A check of one column as a phrase. Raises KeyError for a kind of check, or a pattern, that has no words."""
    limits = check.statistics
    phrases = {
        "str_matches": lambda: PATTERNS[limits["pattern"]][0],
        "isin": lambda: "one of " + ", ".join(map(str, limits["allowed_values"])),
        "greater_than": lambda: f"more than {limits['min_value']:,}",
        "greater_than_or_equal_to": lambda: f"at least {limits['min_value']:,}",
        "less_than_or_equal_to": lambda: f"at most {limits['max_value']:,}",
    }
    return phrases[check.name]()
