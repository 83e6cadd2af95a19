"""Labels in other words than the list has: each is taken for one of the list, and said so, before the form is read."""

from ingest.forms.findings_log import FormLog
from ingest.forms.pieces import Piece
from ingest.grid import TEXT
from ingest.vocabulary.label_parts import taken_for
from ingest.vocabulary.labels import HEAD_FIELDS, MONEY_FIELDS, field_of

LEVELS = frozenset({"level1", "level2", "level3"})
FEWEST_LEVELS = 2  # labels of levels in the header of the indicators


def take_known_labels(pieces: list[Piece], log: FormLog) -> None:
    """Write the label of the list for each label in other words: in rows over the indicators, and in their header."""
    seen: set[str] = set()
    is_above = True
    for piece in pieces:
        fields = [field_of(cell) for cell in piece.cells]
        is_header = sum(1 for field in fields if field in LEVELS) >= FEWEST_LEVELS
        if piece.kind == TEXT or not (is_above or is_header):
            continue
        is_above = is_above and not is_header
        for column, cell in enumerate(piece.cells):
            taken = None if fields[column] else taken_for(cell, is_header)
            if taken is None or not (is_header or _may_be_label(piece, column, fields, taken)):
                continue
            if cell not in seen:
                log.observe_piece("label_by_words", piece, f"{cell} → {taken}")
                seen.add(cell)
            piece.cells[column] = taken


def _may_be_label(piece: Piece, column: int, fields: list[str | None], taken: str) -> bool:
    """True if a label of the field may be in that column: behind the label of a head is a value, whatever it says."""
    if column and fields[column - 1] in HEAD_FIELDS:
        return False
    filled = [at for at, cell in enumerate(piece.cells) if cell]
    field = field_of(taken)
    return field in MONEY_FIELDS or column == filled[0] or (field == "purpose" and column == 1)
