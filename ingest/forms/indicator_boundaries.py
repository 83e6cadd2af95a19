"""Where an indicator row ends: which pieces below are its rest, and which begin another row."""

from ingest.forms.indicator_columns import IndicatorColumns
from ingest.forms.indicator_levels import is_category_only
from ingest.forms.piece_queue import PieceQueue
from ingest.forms.pieces import Piece
from ingest.grid import CELLS
from ingest.vocabulary.labels import COLUMNS, ROW_FIELDS, field_of, is_category, is_level
from ingest.vocabulary.lexical import key


def is_own_row(line: Piece, row: Piece, columns: IndicatorColumns) -> bool:
    """True if a line is a row of its own: whole, too long to be the rest of the row, or beginning with a category.

    The name of a category may also be the rest of a cell (每个 + 成本, 响应 + 时间), but never of another category;
    that of a first level only if the line just fills the row.
    """
    first, size = line.cells[0], len(row.cells) + len(line.cells) - 1
    if columns.is_whole(line) or size > columns.width:
        return True
    if is_category(first) and is_category(row.cells[-1]):
        return True
    if all(line.cells[:2]) and is_category_only(line.cells):
        return True
    widths = (columns.width, columns.label_count)
    fills = size in widths and len(row.cells) not in widths
    return is_level(first, 1) and not fills


def begins_row(piece: Piece, row: Piece, queue: PieceQueue, width: int) -> bool:
    """True if the level names in the coming piece show that it starts a new row; `width` is that of a whole row."""
    cells, size = piece.cells, len(row.cells)
    if field_of(cells[0]) in ROW_FIELDS:
        return True
    has_level2 = is_level(cells[1], 2) if len(cells) > 1 else _has_level2_next(queue, width)
    if not cells[0]:
        return has_level2
    if is_level(cells[0], 2) and (size == 1 or (size == 2 and key(cells[0]) != key(row.cells[0]))):
        return False  # a name of both levels (满意度指标) where the row lacks its second or third name
    return is_level(cells[0], 1) and has_level2


def is_label_among_rows(cell: str) -> bool:
    """True if a cell is a label that occurs there: `12月底` is a month in a plan, the rest of a cell among indicators."""
    label = field_of(cell)
    return label in ROW_FIELDS or label in COLUMNS


def _has_level2_next(queue: PieceQueue, width: int) -> bool:
    """True if the piece behind the coming one begins with a second level, and is no row by itself."""
    after = queue.peek(1)
    if after is None or after.kind != CELLS or len(after.cells) == width:
        return False
    is_row = len(after.cells) > 1 and is_level(after.cells[0], 1) and is_level(after.cells[1], 2)
    return is_level(after.cells[0], 2) and not is_row
