"""Texts that a spreadsheet would take for a formula, and how a CSV file keeps them texts, reversibly.

The rule: a text that is empty, begins with ', or could begin a formula is preceded by one '; whoever reads a text that
begins with ' takes that one away. So an empty cell is NULL, and nothing else is.
"""

import re

GUARD = "'"
SIGNS = "=+\\-@＝＋－＠﹦﹢﹣﹫"
# White space, control and format characters: nothing of them is seen, and some programs drop them.
UNSEEN = "\x01-\x20\x7f-\xa0\xad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufff9-\ufffb"
FORMULA = f"^(?:[\t\r\n]|[{UNSEEN}]*[{SIGNS}])"
IS_FORMULA = re.compile(FORMULA)


def is_formula(text: str) -> bool:
    """Whether a spreadsheet may take `text` for a formula: by its first visible sign, or the control in front of it."""
    return IS_FORMULA.search(text) is not None


def guarded(text: str) -> str:
    """`text` as it is written into a CSV cell."""
    return f"{GUARD}{text}" if not text or text.startswith(GUARD) or is_formula(text) else text


def unguarded(cell: str) -> str:
    """The text that was written as this CSV cell."""
    return cell.removeprefix(GUARD)


def guarded_sql(column: str) -> str:
    """`guarded` as an SQL expression; NULL stays NULL."""
    pattern = FORMULA.replace("'", "''")
    return (
        f"case when {column} = '' or starts_with({column}, '''') or regexp_matches({column}, '{pattern}')"
        f" then '''' || {column} else {column} end"
    )
