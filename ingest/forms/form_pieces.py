"""The rows of a form as pieces: noise is left out, and labels that a line break split are joined."""

from ingest.forms.pieces import Piece
from ingest.forms.split_names import continues_last_label
from ingest.grid import CELLS, NOISE, ROW, TEXT, Grid
from ingest.vocabulary.labels import MONEY_FIELDS, MONTHS, field_of, is_level
from ingest.vocabulary.noise import is_noise

OPEN_ENDED = tuple("-—–（(【〔[第≥≤=")  # a cell that ends so continues with a number


def form_pieces(grid: Grid, rows: range, skipped: set[int]) -> list[Piece]:
    """One piece per row that is neither skipped nor noise; these two are page cuts, and give the next piece a gap."""
    pieces, cut = [], 0
    for row in rows:
        if row in skipped:
            cut = 1
        elif is_noise_row(grid, row):
            grid.mark(row, NOISE)
            cut = 1
        else:
            pieces.append(Piece.of_row(grid, row, max(grid.gaps[row], cut)))
            cut = 0
    if not grid.is_whole:
        _join_labels(pieces)
    return pieces


def row_behind(grid: Grid, first: int, end: int) -> int:
    """The row behind the last one of a form that is no noise: a text may end with the number of a page."""
    while not grid.is_whole and end > first and grid.kinds[end - 1] == TEXT and is_noise_row(grid, end - 1):
        end -= 1
    return end


def is_noise_row(grid: Grid, row: int) -> bool:
    """True if a row is noise; in a table of whole rows also a page number in its first cell, over the whole width."""
    cells, is_paragraph = grid.cells[row], grid.kinds[row] == TEXT
    if grid.is_whole and not is_paragraph and not any(cells[1:]):
        return is_noise(cells[:1])
    return is_noise(cells, is_paragraph) and _is_page_noise(grid, row)


def _is_page_noise(grid: Grid, row: int) -> bool:
    """A lone number is a page number beside an empty line or a rule, and between whole rows; else the rest of a cell."""
    if grid.kinds[row] != TEXT or not grid.cells[row][0].strip().isdigit():
        return True
    if grid.gaps[row] or row + 1 == len(grid) or grid.gaps[row + 1]:
        return True
    above, below = grid.cells[row - 1][-1].strip(), grid.cells[row + 1][0]
    is_row_below = not below.strip() or field_of(below) is not None or is_level(below, 1)
    return is_row_below and above[-1:] not in OPEN_ENDED


def _join_labels(pieces: list[Piece]) -> None:
    """Join the lines that split a label, up to the indicator table: a row is recognised by its whole label only."""
    at = 0
    while at + 1 < len(pieces) and field_of(pieces[at].cells[0]) != "level1":
        piece, following = pieces[at], pieces[at + 1]
        head = pieces[at - 1].cells[0] if at and pieces[at - 1].kind == TEXT else ""
        if piece.kind == following.kind == ROW and continues_last_label(piece, following.cells[0], head):
            piece.join(pieces.pop(at + 1))
        elif piece.kind == following.kind == CELLS and len(piece.cells) == 1 and _is_label_alone(piece, following):
            piece.append(pieces.pop(at + 1))
        else:
            at += 1


def _is_label_alone(piece: Piece, following: Piece) -> bool:
    """True if a cell alone, no known label, is above the labels of money or months: the label of their row, or a piece."""
    label = field_of(following.cells[0])
    return bool(piece.cells[0]) and field_of(piece.cells[0]) is None and (label in MONEY_FIELDS or label in MONTHS)
