"""Labels in other words than the list has: each is taken for one of the list, and said so, before the form is read."""

from ingest.forms.findings_log import FormLog
from ingest.forms.pieces import Piece
from ingest.grid import CELLS, TEXT
from ingest.vocabulary.label_parts import taken_for
from ingest.vocabulary.labels import COLUMNS, HEAD_FIELDS, MONEY_FIELDS, field_of, is_category

LEVELS = frozenset({"level1", "level2", "level3"})
HEADER_FIELDS = frozenset({"level1", "levels"})
FEWEST_LEVELS = 2  # labels of levels in the header of the indicators


def take_known_labels(pieces: list[Piece], log: FormLog) -> None:
    """Write the label of the list for each label in other words: in rows over the indicators, and in their header."""
    seen: set[str] = set()
    is_above, is_header = True, False
    for piece in pieces:
        if piece.kind == TEXT or not (is_above or is_header or _may_be_header(piece)):
            continue
        fields = [field_of(cell) for cell in piece.cells]
        is_rest = is_header and piece.kind == CELLS and _is_rest_of_header(piece)
        is_begin = piece.kind == CELLS and fields[0] == "level1"  # the others may stand behind a cut
        is_header = is_rest or is_begin or sum(1 for field in fields if field in LEVELS) >= FEWEST_LEVELS
        if not (is_above or is_header):
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


def _may_be_header(piece: Piece) -> bool:
    """Spares most rows of indicators the look at every cell."""
    cells = piece.cells
    return field_of(cells[0]) in HEADER_FIELDS or (len(cells) > 1 and field_of(cells[1]) in HEADER_FIELDS)


def _is_rest_of_header(piece: Piece) -> bool:
    """True if the cells behind a cut continue the header: labels of columns, and none of a category."""
    names = [cell for cell in piece.cells if cell]
    is_label = any(field_of(cell) in COLUMNS or taken_for(cell, True) for cell in names)
    return is_label and not any(map(is_category, names))


def _may_be_label(piece: Piece, column: int, fields: list[str | None], taken: str) -> bool:
    """True if a label of the field may be in that column: behind the label of a head is a value, whatever it says."""
    if column and fields[column - 1] in HEAD_FIELDS:
        return False
    filled = [at for at, cell in enumerate(piece.cells) if cell]
    field = field_of(taken)
    return field in MONEY_FIELDS or column == filled[0] or (field == "purpose" and column == 1)
