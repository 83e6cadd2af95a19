"""Texts that a spreadsheet would take for a formula, and how a CSV file keeps them texts, reversibly.

The rule: a text that is empty, begins with ', or could begin a formula is preceded by one '; whoever reads a text that
begins with ' takes that one away. So an empty cell is NULL, and nothing else is.
"""

import unicodedata

GUARD = "'"
SIGNS = "=+-@"  # in any width
CONTROLS = "\t\r\n"  # before a sign they can bring it to the front of a cell


def is_formula(text: str) -> bool:
    """Whether a spreadsheet may take `text` for a formula: by its first visible character, or a control in front of it."""
    if text[:1] in CONTROLS and text:
        return True
    first = next((character for character in text if _is_visible(character)), "")
    return unicodedata.normalize("NFKC", first) in tuple(SIGNS)


def guarded(text: str | None) -> str | None:
    """`text` as it stands in a CSV cell."""
    if text is None:
        return None
    return f"{GUARD}{text}" if not text or text.startswith(GUARD) or is_formula(text) else text


def unguarded(text: str | None) -> str | None:
    """The text that a CSV cell stands for."""
    return text[1:] if text and text.startswith(GUARD) else text


def _is_visible(character: str) -> bool:
    return not character.isspace() and unicodedata.category(character) not in ("Cc", "Cf")
