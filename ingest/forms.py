"""Grid to project forms (绩效目标表): found by labels and cell positions, never by headings.

A form begins at 项目编码 or 项目名称 and ends where the head of the next one begins. Inside it each row is known by its
first label; a row that a page cut or an empty line broke goes on while it is short of its width and the next piece
fits. What fits nowhere is reported with its place, never attached to a neighbour.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from ingest import labels
from ingest.grid import CELLS, HEADING, LABEL, NOISE, REJECTED, ROW, TEXT, VALUE, Grid
from ingest.labels import COLUMNS, GOAL_LABEL, HEAD_FIELDS, MONEY_FIELDS, MONTHS, NOTE, ROW_FIELDS, field_of, is_level
from ingest.noise import is_noise
from ingest.text import AMOUNT, DIGIT_ORDINAL, PLAN_VALUE, ink, is_running, key, without_ordinal

MANY_INDICATORS = 60  # no form seen has more than 9 rows; beyond this a boundary was missed
HEAD_REACH = 8  # rows between the label of a head and the next label of its form


@dataclass(slots=True)
class Head:
    """Where a form begins: `start` is the row of its first label, `zone` the first row of heading and unit line."""

    start: int
    zone: int
    code: str
    name: str
    fields: set[str]
    rows: list[int]
    is_repeated: bool = False  # the same head printed again after a page cut


@dataclass(slots=True)
class Form:
    """One project form. Each value is (text, source_ref); text is None where the cell is blank."""

    heading: tuple[str | None, str | None] = (None, None)
    unit: tuple[str | None, str | None] = (None, None)
    amount_unit: tuple[str | None, str | None] = (None, None)
    values: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)
    plan_header: str | None = None
    plan_ref: str | None = None
    plan: dict[int, tuple[str | None, str | None]] = field(default_factory=dict)
    goals: list[tuple[str, str]] = field(default_factory=list)
    indicators: list["Indicator"] = field(default_factory=list)
    ref: str = ""


@dataclass(slots=True)
class Indicator:
    """One non-blank indicator row: texts in the order of `labels.COLUMNS`, and the places people quote."""

    texts: list[str | None]
    first_row: int
    last_row: int
    level1_ref: str | None
    target_spots: tuple


@dataclass(slots=True)
class Notes:
    """What the reader has to say beside the tables: things left out, and things loaded that look odd."""

    rejections: list[tuple[str, str, str, str, str]] = field(default_factory=list)  # ref, stage, reason, message, text
    observations: list[tuple[int | None, int | None, str, str, str]] = field(default_factory=list)


class Piece:
    """A row, or a part of one, while it is put together: trimmed cells and the grid cells each came from."""

    __slots__ = ("cells", "first_row", "gap", "kind", "last_row", "spots")

    def __init__(self, kind: int, cells: list[str], spots: list[tuple], gap: int, row: int):
        self.kind, self.cells, self.spots, self.gap = kind, cells, spots, gap
        self.first_row = self.last_row = row

    @classmethod
    def of_row(cls, grid: Grid, row: int, gap: int) -> "Piece":
        cells = [cell.strip() for cell in grid.cells[row]]
        return cls(grid.kinds[row], cells, [((row, column),) for column in range(len(cells))], gap, row)

    def append(self, other: "Piece") -> None:
        self.cells += other.cells
        self.spots += other.spots
        self.last_row = other.last_row

    def join(self, other: "Piece", between: str = "") -> None:
        """Join at a cut inside a cell: our last cell goes on in the first of `other`."""
        self.cells[-1] += between + other.cells[0]
        self.spots[-1] += other.spots[0]
        self.cells += other.cells[1:]
        self.spots += other.spots[1:]
        self.last_row = other.last_row

    def insert_blank(self, column: int) -> None:
        self.cells.insert(column, "")
        self.spots.insert(column, ())

    def split(self, width: int) -> "Piece":
        """Cut the piece after `width` cells; returns the rest."""
        rest = Piece(self.kind, self.cells[width:], self.spots[width:], 0, self.last_row)
        self.cells, self.spots = self.cells[:width], self.spots[:width]
        rest.first_row = rest.spots[0][0][0]
        self.last_row = self.spots[-1][-1][0]
        return rest

    @property
    def text(self) -> str:
        return "\t".join(self.cells).strip()


# Heads ----------------------------------------------------------------------------------------------------------


def find_heads(grid: Grid) -> list[Head]:
    """The head of every form in order, repeated heads among them, each with the zone of its heading and unit line."""
    heads: list[Head] = []
    row = 0
    while row < len(grid):
        if _begins_head(grid, row):
            _split_before_label(grid, row)
            head = _head_at(grid, row)
            if head is not None:
                _add_head(grid, heads, head)
                row = head.rows[-1]
        row += 1
    for number in range(len(heads) - 1, -1, -1):
        _set_zone(grid, heads, number)
    return heads


def _begins_head(grid: Grid, row: int) -> bool:
    kind, cells = grid.kinds[row], grid.cells[row]
    if kind == TEXT:
        return False
    if any(field_of(cell) in HEAD_FIELDS for cell in (cells if kind == CELLS else cells[:3])):
        return True
    return kind == ROW and row > 0 and _broken_head_label(grid, row)


def _broken_head_label(grid: Grid, row: int) -> bool:
    last, first = grid.cells[row - 1][-1], grid.cells[row][0]
    return bool(last.strip() and first.strip()) and field_of(last + first) in HEAD_FIELDS


def _split_before_label(grid: Grid, row: int) -> None:
    """A unit line without an empty line before the label stands in the same run of cells: part them."""
    cells = grid.cells[row]
    if grid.kinds[row] != CELLS or field_of(cells[0]) in HEAD_FIELDS:
        return
    column = next(at for at, cell in enumerate(cells) if field_of(cell) in HEAD_FIELDS)
    if all(_is_unit_line(cell) or _is_title(cell, "") for cell in cells[:column]):
        grid.split_cells(row, column)


def _head_at(grid: Grid, row: int) -> Head | None:
    """The head whose label stands in `row`; None where no label of a form follows, as in a list of projects."""
    if grid.kinds[row] == CELLS and field_of(grid.cells[row][0]) not in HEAD_FIELDS:
        if row + 1 == len(grid) or field_of(grid.cells[row + 1][0]) not in HEAD_FIELDS:
            return None
        row += 1
    start = row - 1 if grid.kinds[row] == ROW and _broken_head_label(grid, row) else row
    found: dict[str, list[str]] = {}
    rows, current, before = [], None, ""
    for at in range(start, min(start + HEAD_REACH, len(grid))):
        if grid.kinds[at] == TEXT and at > start and is_noise(grid.cells[at]):
            continue
        for cell in grid.cells[at]:
            label = field_of(cell) or (field_of(before + cell) if before and cell.strip() else None)
            before = cell.strip()
            if label is None:
                if current:
                    found[current].append(cell)
                continue
            if label not in HEAD_FIELDS:
                evidence = label in ROW_FIELDS or label in MONEY_FIELDS
                return _head(start, rows or [start], found) if evidence and current else None
            if label in found:
                return None
            current = label
            found[label] = []
            rows.append(at)
    return None


def _head(start: int, rows: list[int], found: dict[str, list[str]]) -> Head:
    values = {label: key("".join(cells)) for label, cells in found.items()}
    return Head(start, start, values.get("project_code", ""), values.get("project_name", ""), set(found), rows)


def _add_head(grid: Grid, heads: list[Head], head: Head) -> None:
    """The same code and name, followed by the indicator header, is the head of a table that a page cut."""
    last = next((known for known in reversed(heads) if not known.is_repeated), None)
    if last and (head.code, head.name) == (last.code, last.name):
        following = (field_of(cell) for row in range(head.rows[-1], len(grid)) for cell in grid.cells[row])
        label = next((found for found in following if found and found not in HEAD_FIELDS), None)
        head.is_repeated = label in ("level1", "levels")
    heads.append(head)


def _set_zone(grid: Grid, heads: list[Head], number: int) -> None:
    """Walk back over heading, unit line and noise; never into the rows of the form before."""
    head = heads[number]
    floor = heads[number - 1].rows[-1] + 1 if number else 0
    head.start, shift = _free_title(grid, head, floor)
    for later in heads[number + 1 :] if shift else ():
        later.start, later.zone, later.rows = later.start + shift, later.zone + shift, [r + shift for r in later.rows]
    head.rows = [row + shift for row in head.rows]
    head.zone = head.start
    row = head.start - 1
    while row >= floor:
        cells = [cell for cell in grid.cells[row] if cell.strip()]
        if not (is_noise(grid.cells[row]) or _belongs_to_head(grid, row, cells, head)):
            break
        if not is_noise(grid.cells[row]):
            head.zone = row
        row -= 1


def _free_title(grid: Grid, head: Head, floor: int) -> tuple[int, int]:
    """A heading right below the last cell of the form before was taken for its next line: part them."""
    for row in range(head.start - 1, max(floor, head.start - 4) - 1, -1):
        if grid.kinds[row] != CELLS:
            continue
        for column, cell in enumerate(grid.cells[row]):
            lines = cell.split("\n")
            for at in range(1, len(lines)):
                if _is_title(lines[at], head.name):
                    before = len(grid)
                    grid.split(row, column, at)
                    return head.start + len(grid) - before, len(grid) - before
        if not all(_is_unit_line(cell) for cell in grid.cells[row]):
            break
    return head.start, 0


def _belongs_to_head(grid: Grid, row: int, cells: list[str], head: Head) -> bool:
    if all(_is_unit_line(cell) for cell in cells):
        return grid.kinds[row] != TEXT or not labels.PART.fullmatch(key(cells[0]))
    text = "".join(cells)
    if _is_title(text, head.name):
        return True
    following = "".join(grid.cells[row + 1]) if row + 1 < head.start else ""
    return grid.kinds[row] == TEXT and bool(head.name) and _is_title(text + following, head.name) and (
        key(text) != "" and head.name.startswith(key(without_ordinal(text)))
    )


def _is_unit_line(cell: str) -> bool:
    text = cell.strip()
    if not text or len(text) > 60:
        return not text
    return labels.AMOUNT_UNIT.fullmatch(text) is not None or labels.UNIT_LINE.fullmatch(text) is not None


def _is_title(line: str, name: str) -> bool:
    """Whether a line is the heading of a form: it ends in 绩效…表, or is the name of the project that follows."""
    text = key(line)
    if not text or len(text) > len(name) + 60 or key(line) in labels.PART_TITLES:
        return False
    if labels.FORM_TITLE.fullmatch(text):
        return True
    return bool(name) and key(without_ordinal(line.strip())) in (name, name + "项目", name + "绩效目标")


# Forms ----------------------------------------------------------------------------------------------------------


def read_forms(grid: Grid, notes: Notes) -> tuple[list[Form], int]:
    """Every form of the document in order, and the row where the first begins; marks the rows in the grid's ledger."""
    heads = find_heads(grid)
    own = [head for head in heads if not head.is_repeated]
    repeated = [head for head in heads if head.is_repeated]
    forms = []
    for number, head in enumerate(own, 1):
        end = own[number].zone if number < len(own) else len(grid)
        skipped = {row for again in repeated if head.start < again.start < end for row in _repeated_rows(grid, again)}
        forms.append(FormReader(grid, head, end, skipped, number, notes).read())
    return forms, own[0].zone if own else len(grid)


def _repeated_rows(grid: Grid, head: Head) -> range:
    """The rows of a repeated head; its values are counted once, where they were read."""
    last = head.rows[-1]
    while last + 1 < len(grid) and not any(field_of(cell) for cell in grid.cells[last + 1]):
        last += 1
    rows = range(head.zone, last + 1)
    for row in rows:
        grid.mark(row, NOISE if is_noise(grid.cells[row]) else HEADING)
    return rows


class FormReader:
    """Reads one form, piece by piece; each step takes the pieces of one table row and puts it where its label says."""

    def __init__(self, grid: Grid, head: Head, end: int, skipped: set[int], number: int, notes: Notes):
        self.grid, self.notes, self.number = grid, notes, number
        self.form = Form()
        self.section = "head"
        self.label_head = ""  # the first piece of a row label that a cut left incomplete
        self.columns: dict[str, int] = {}  # indicator columns by header
        self.columns_by_order: dict[str, int] = {}  # the same where a row has exactly as many cells as labels
        self.width = self.label_count = 0
        self.unknown_columns: dict[int, str] = {}
        self.unknown_values: dict[int, list[tuple[str, str]]] = {}
        self.months: dict[int, int] = {}
        self.plan_width = 0
        self.goal_cells: list[Piece] = []
        self.last_row = head.start
        self._read_zone(head)
        self.pieces = self._pieces(range(head.start, end), skipped)
        self.at = 0
        self.first_row = head.zone

    def _pieces(self, rows: range, skipped: set[int]) -> list[Piece]:
        pieces, cut = [], 0
        for row in rows:
            if row in skipped:
                cut = 1
            elif is_noise(self.grid.cells[row]) and self._is_page_noise(row):
                self.grid.mark(row, NOISE)
                cut = 1
            else:
                pieces.append(Piece.of_row(self.grid, row, max(self.grid.gaps[row], cut)))
                cut = 0
        return pieces

    def _is_page_noise(self, row: int) -> bool:
        """A lone number is a page number only beside an empty line or a rule; else it may be the rest of a cell."""
        if self.grid.kinds[row] != TEXT or not self.grid.cells[row][0].strip().isdigit():
            return True
        return bool(self.grid.gaps[row]) or row + 1 == len(self.grid) or bool(self.grid.gaps[row + 1])

    def read(self) -> Form:
        while self.at < len(self.pieces):
            self._step(self._next())
        self._finish()
        return self.form

    def _next(self) -> Piece:
        self.at += 1
        return self.pieces[self.at - 1]

    def _peek(self, ahead: int = 0) -> Piece | None:
        return self.pieces[self.at + ahead] if self.at + ahead < len(self.pieces) else None

    # Which row is this?

    def _step(self, piece: Piece) -> None:
        if piece.kind == TEXT:
            self._read_paragraph(piece)
            return
        first = piece.cells[0]
        label = field_of(first) if first else None
        if self.section == "indicators" and label not in ROW_FIELDS:
            self._read_indicator(piece)
            return
        if label is None or label not in ROW_FIELDS:
            label = next(filter(None, map(field_of, piece.cells)), None)
        if label in HEAD_FIELDS:
            self._read_head(piece)
        elif label in MONEY_FIELDS or (label == "purpose" and self._has_money(piece)):
            self._read_money(piece)
        elif label == "purpose":
            self._read_purpose(piece)
        elif label == "plan" or label in MONTHS:
            self._read_plan_header(piece)
        elif label == "goals" or self._is_goal_row(piece):
            self._read_goal(piece)
        elif label in ("level1", "levels") or label in COLUMNS:
            self._read_indicator_header(piece)
        elif self.section == "money":
            self._read_purpose(piece)
        elif self.section == "plan":
            self._read_plan(piece)
        elif self.section == "goals":
            self._read_goal(piece)
        else:
            self._reject(piece, "bad_row", "A row of the form has no label that is known.")

    def _has_money(self, piece: Piece) -> bool:
        if any(field_of(cell) in MONEY_FIELDS for cell in piece.cells):
            return True
        following = self._peek()
        return len(piece.cells) == 1 and following is not None and field_of(following.cells[0]) in MONEY_FIELDS

    @staticmethod
    def _is_goal_row(piece: Piece) -> bool:
        return len(piece.cells) > 1 and any(len(c) < 12 and GOAL_LABEL.fullmatch(key(c)) for c in piece.cells[:2])

    def _read_paragraph(self, piece: Piece) -> None:
        """A line outside any row: the first piece of a broken label, the rest of an open sentence, or neither."""
        following = self._peek()
        if following is not None and following.kind == ROW and _joins(piece.cells[0], following.cells[0]):
            self._set_row(piece)
            piece.join(following)
            piece.kind = ROW
            self.at += 1
            self._step(piece)
        elif self.section == "money" and is_running((self.form.values.get("purpose") or (None,))[0] or ""):
            self._add_purpose(piece.cells[0], piece.spots[0])
        elif self.section == "goals" and self.goal_cells and is_running(self.goal_cells[-1].cells[0]):
            self.goal_cells[-1].join(piece)
            self._mark(piece.spots[0], VALUE)
        else:
            self._reject(piece, "structure", "A line between table rows belongs to no cell.")

    # Putting a row together

    def _extend(self, piece: Piece, width: int, is_complete: Callable[[Piece], bool], starts: Callable) -> None:
        if piece.kind == CELLS:
            self._extend_cells(piece, width, starts)
        elif piece.kind == ROW:
            self._extend_row(piece, is_complete)

    def _extend_cells(self, piece: Piece, width: int, starts: Callable) -> None:
        """One cell per line: go on while the row is short of its width and the next piece fits into it."""
        while len(piece.cells) < width and (following := self._peek()) is not None:
            room = width - len(piece.cells)
            if following.kind == TEXT:
                after = self._peek(1)
                fits = after is not None and after.kind == CELLS and not starts(after) and len(after.cells) <= room
                if NOTE.fullmatch(following.cells[0]) or not (fits or following.gap == 0):
                    break
                piece.join(following)
            elif following.kind != CELLS or starts(following):
                break
            elif len(following.cells) <= room:
                piece.append(following)
            elif len(following.cells) == room + 1 and piece.cells[-1] and following.cells[0] and room:
                piece.join(following)
                self._observe("cut_cell", piece)
            else:
                break
            self.at += 1
        if len(piece.cells) > width:
            self.pieces.insert(self.at, piece.split(width))

    def _extend_row(self, piece: Piece, is_complete: Callable[[Piece], bool]) -> None:
        """One row per line: a line that begins with text, and with no label, is the rest of a broken cell."""
        while (following := self._peek()) is not None and following.kind != CELLS:
            first, last = following.cells[0], piece.cells[-1]
            if following.kind == TEXT:
                after = self._peek(1)
                is_head = after is not None and after.kind == ROW and _joins(first, after.cells[0])
                if is_head or NOTE.fullmatch(first) or not (last or not is_complete(piece)):
                    break
                if following.gap and is_complete(piece):
                    break
                self._join_line(piece, following)
            elif _joins(last, first):
                piece.join(following)
            elif not first or labels.completes_row_label(piece.cells[0], first):
                break
            elif self._is_label_here(first):
                if field_of(first) in ROW_FIELDS or not field_of(last) or is_complete(piece):
                    break
                piece.append(following)
            elif is_level(first, 1) or self._is_own_row(following, piece) or not (
                not is_complete(piece) or not any(following.cells[1:])
            ):
                break
            else:
                self._join_line(piece, following)
            self.at += 1

    def _is_label_here(self, cell: str) -> bool:
        """A label counts only where it may stand: `12月底` is a month in a plan, the rest of a cell among indicators."""
        label = field_of(cell)
        return label is not None and (self.section != "indicators" or label in ROW_FIELDS or label in COLUMNS)

    def _join_line(self, piece: Piece, following: Piece) -> None:
        """Take the rest of a cell that a line break cut; a numbered line of goals stays a line of its own."""
        is_goal = field_of(piece.cells[0]) == "goals" or (self.section == "goals" and not piece.cells[0])
        piece.join(following, "\n" if is_goal and DIGIT_ORDINAL.match(following.cells[0]) else "")
        self._set_row(following)

    def _set_row(self, piece: Piece) -> None:
        """A line without TAB that belongs to a row has its text in the first column."""
        if piece.kind == TEXT:
            self.grid.kinds[piece.spots[0][0][0]] = ROW

    def _is_own_row(self, following: Piece, piece: Piece) -> bool:
        """Whether a line is a whole row of the indicators, or too long to be the rest of one."""
        if self.section != "indicators":
            return False
        widths = (self.width, self.label_count)
        return len(following.cells) in widths or len(piece.cells) + len(following.cells) - 1 > self.width

    @staticmethod
    def _starts_row(piece: Piece) -> bool:
        return any(field_of(cell) for cell in piece.cells[:2])

    # Rows before the indicators

    def _read_zone(self, head: Head) -> None:
        """Heading, unit line and amount unit over the form."""
        heading: list[tuple[int, int]] = []
        grid = self.grid
        for row in range(head.zone, head.start):
            cells = grid.cells[row]
            if is_noise(cells):
                grid.mark(row, NOISE)
                continue
            filled = [column for column, cell in enumerate(cells) if cell.strip()]
            if all(_is_unit_line(cells[column]) for column in filled):
                for column in filled:
                    self._read_unit_cell(row, column)
            else:
                grid.mark(row, HEADING)
                heading.append((row, row))
        if heading:
            text = "\n".join("\t".join(grid.cells[row]).strip() for row, _ in heading)
            self.form.heading = (text, grid.rows_ref(heading[0][0], heading[-1][0]))

    def _read_unit_cell(self, row: int, column: int) -> None:
        grid, text = self.grid, self.grid.cells[row][column].strip()
        grid.mark(row, VALUE, column)
        ref = grid.cell_ref(row, column)
        if labels.AMOUNT_UNIT.fullmatch(text):
            self.form.amount_unit = (text, ref)
            return
        amount = labels.AMOUNT_UNIT_AT_END.search(text)
        if amount and amount.start():
            self.form.amount_unit = (amount[0].strip(), ref)
            text = text[: amount.start()].strip()
        self.form.unit = (text, ref)

    def _read_head(self, piece: Piece) -> None:
        self._extend(piece, 4, lambda row: self._has_value(row, HEAD_FIELDS), self._starts_other_row)
        self._read_pairs(piece)
        self.section = "head"

    def _read_money(self, piece: Piece) -> None:
        width = 6 if field_of(piece.cells[0]) in MONEY_FIELDS else 7
        self._extend(piece, width, lambda row: self._has_value(row, MONEY_FIELDS), self._starts_after_money)
        first = piece.cells[0]
        if first and field_of(first) is None:
            self.label_head = first
            self._mark(piece.spots[0], LABEL)
            piece.cells[0] = ""
        self._read_pairs(piece)
        self.section = "money"

    @staticmethod
    def _has_value(piece: Piece, fields: frozenset[str]) -> bool:
        """Whether every label of `fields` stands in the row, the last with a cell behind it."""
        found = [at for at, cell in enumerate(piece.cells) if field_of(cell) in fields]
        return len(found) >= len(fields) and found[-1] < len(piece.cells) - 1

    @staticmethod
    def _starts_other_row(piece: Piece) -> bool:
        return field_of(piece.cells[0]) in ROW_FIELDS - HEAD_FIELDS or field_of(piece.cells[0]) in MONEY_FIELDS

    def _starts_after_money(self, piece: Piece) -> bool:
        """A piece goes on with the money row only if its cells are money labels and amounts."""
        return not all(field_of(cell) in MONEY_FIELDS or AMOUNT.fullmatch(cell) for cell in piece.cells)

    def _read_pairs(self, piece: Piece) -> None:
        """Labels and the values behind them; a value is the one cell with text before the next label."""
        current: str | None = None
        for cell, spots in zip(piece.cells, piece.spots, strict=True):
            label = field_of(cell)
            if label:
                current = label
                self._mark(spots, LABEL)
                self.form.values.setdefault(label, (None, None))
            elif not cell:
                if current and current != "purpose" and self.form.values[current][1] is None and spots:
                    self.form.values[current] = (None, self.grid.ref(spots))
                self._mark(spots, LABEL)
            elif current is None or current == "purpose" or self.form.values[current][0] is not None:
                self._reject_cell(cell, spots)
            else:
                self.form.values[current] = (cell, self.grid.ref(spots))
                self._mark(spots, VALUE)
                if current in MONEY_FIELDS and not AMOUNT.fullmatch(cell):
                    self._observe("text_in_money", piece, cell)
        self._touch(piece)

    def _read_purpose(self, piece: Piece) -> None:
        if piece.kind == CELLS and len(piece.cells) == 1 and piece.cells[0] and not field_of(piece.cells[0]):
            piece.insert_blank(0)  # the blank cell under the merged label was dropped
        self._extend(piece, 2, lambda row: len(row.cells) > 2, self._starts_row)
        first, at = piece.cells[0], 1
        if first and (field_of(first) == "purpose" or labels.completes_row_label(self.label_head, first)):
            self._mark(piece.spots[0], LABEL)
            self.label_head = ""
        elif first:
            at = 0
        filled = [column for column in range(at, len(piece.cells)) if piece.cells[column]]
        for column in filled[:1]:
            self._add_purpose(piece.cells[column], piece.spots[column], continued=bool(piece.gap))
        for column in filled[1:]:
            self._reject_cell(piece.cells[column], piece.spots[column])
        self._mark_blanks(piece)
        self._touch(piece)
        self.section = "money"

    def _add_purpose(self, text: str, spots: tuple, continued: bool = True) -> None:
        before, ref = self.form.values.get("purpose", (None, None))
        if before and not continued:
            self._reject_cell(text, spots)
            return
        here = self.grid.ref(spots)
        self.form.values["purpose"] = (before + text, f"{ref}+{here}") if before else (text, here)
        self._mark(spots, VALUE)
        self.last_row = max(self.last_row, spots[-1][0])

    # The spending plan

    def _read_plan_header(self, piece: Piece) -> None:
        self._extend(piece, 5, lambda row: len(self._month_columns(row)) == 4, self._starts_other_than_month)
        months = self._month_columns(piece)
        inline = [c for c, cell in enumerate(piece.cells) if cell and c > min(months.values(), default=0)
                  and field_of(cell) not in MONTHS and PLAN_VALUE.fullmatch(cell)]  # fmt: skip
        first = piece.cells[0]
        if self.section != "plan" or field_of(first) == "plan":
            self.months, self.plan_width = {}, len(piece.cells)
            if first and field_of(first) is None:
                self.label_head = first
            if first and field_of(first) not in MONTHS:
                self.form.plan_header = first
        taken = set(self.months.values())
        self.months |= {month: col for month, col in months.items() if month not in self.months and col not in taken}
        for column, (cell, spots) in enumerate(zip(piece.cells, piece.spots, strict=True)):
            if column in inline:
                month = max((m for m, c in months.items() if c < column), key=lambda m: months[m])
                self._set_point(month, cell, spots)
            elif cell and column and field_of(cell) is None:
                self._reject_cell(cell, spots)
            else:
                self._mark(spots, LABEL)
        self.form.plan_ref = self.form.plan_ref or self.grid.rows_ref(piece.first_row, piece.last_row)
        self._touch(piece)
        self.section = "plan"

    @staticmethod
    def _month_columns(piece: Piece) -> dict[int, int]:
        return {MONTHS[label]: at for at, cell in enumerate(piece.cells) if (label := field_of(cell)) in MONTHS}

    @staticmethod
    def _starts_other_than_month(piece: Piece) -> bool:
        return not all(field_of(cell) in MONTHS for cell in piece.cells)

    def _read_plan(self, piece: Piece) -> None:
        self._extend(piece, self.plan_width, lambda row: True, self._starts_after_plan)
        first = piece.cells[0]
        if first and labels.completes_row_label(self.label_head, first):
            self.form.plan_header = self.label_head + first
            self.label_head = ""
            self._mark(piece.spots[0], LABEL)
            piece.cells[0] = ""
        columns = self._align_plan(piece)
        if columns is None or not all(PLAN_VALUE.fullmatch(piece.cells[column]) for column in columns.values()):
            self._reject(piece, "bad_row", "The cells of the spending plan do not fit under its months.")
            return
        for month, column in columns.items():
            self._set_point(month, piece.cells[column], piece.spots[column])
        self._mark_blanks(piece)
        self._touch(piece)

    def _starts_after_plan(self, piece: Piece) -> bool:
        return not all(PLAN_VALUE.fullmatch(cell) for cell in piece.cells)

    def _align_plan(self, piece: Piece) -> dict[int, int] | None:
        """Month -> column of its value; None where a lost cell leaves more than one reading."""
        size, months = len(piece.cells), len(self.months)
        if self.form.plan or not months:
            return None
        in_order = [month for month, _ in sorted(self.months.items(), key=lambda item: item[1])]
        filled = {column for column, cell in enumerate(piece.cells) if cell}
        if piece.kind == CELLS:
            if size == self.plan_width:
                return self.months
            if size == months == self.plan_width - 1 and 0 in filled:
                return {month: at for at, month in enumerate(in_order)}
            return None
        if filled <= set(self.months.values()):
            return {month: column for month, column in self.months.items() if column < size}
        if size == months + 1 and 0 not in filled:
            return {month: at for at, month in enumerate(in_order, 1)}
        if size == months and not self.form.plan and 0 in filled:
            return {month: at for at, month in enumerate(in_order)}
        return None

    def _set_point(self, month: int, cell: str, spots: tuple) -> None:
        self.form.plan[month] = (cell or None, self.grid.ref(spots) if spots else None)
        self._mark(spots, VALUE if cell else LABEL)

    # Goals

    def _read_goal(self, piece: Piece) -> None:
        is_numbered = self._is_goal_row(piece) or (len(piece.cells) > 2 and GOAL_LABEL.fullmatch(key(piece.cells[1])))
        self._extend(piece, 3 if is_numbered else 2, lambda row: any(row.cells[2:]) or len(row.cells) > 3, self._starts_row)
        first, at = piece.cells[0], 0
        if not first or field_of(first) == "goals" or labels.completes_row_label(self.label_head, first):
            at = 1
        elif len(piece.cells) > 1 and GOAL_LABEL.fullmatch(key(piece.cells[1])):
            at, self.label_head = 1, first  # the first piece of the row's label
        if at:
            self._mark(piece.spots[0], LABEL)
        is_new = not piece.gap or self.section != "goals"
        for column in range(at, len(piece.cells)):
            cell, spots = piece.cells[column], piece.spots[column]
            if not cell:
                self._mark(spots, LABEL)
            elif len(cell) < 12 and GOAL_LABEL.fullmatch(key(cell)):
                self._mark(spots, LABEL)
                is_new = True
            else:
                self._add_goal_cell(cell, spots, is_new or bool(DIGIT_ORDINAL.match(cell)))
        self._touch(piece)
        self.section = "goals"

    def _add_goal_cell(self, cell: str, spots: tuple, is_new: bool) -> None:
        self._mark(spots, VALUE)
        if self.goal_cells and not is_new and is_running(self.goal_cells[-1].cells[0]):
            self.goal_cells[-1].cells[0] += cell
            self.goal_cells[-1].spots[0] += spots
            return
        self.goal_cells.append(Piece(TEXT, [cell], [spots], 0, spots[0][0]))

    def _finish_goals(self) -> None:
        """A goal cell holds one goal, or a numbered line for each."""
        for goal in self.goal_cells:
            spots, parts = goal.spots[0], _numbered_parts(goal.cells[0])
            for line, lines, ordinal in parts:
                self.grid.move_ink(VALUE, LABEL, ink(ordinal))
                text = "\n".join(lines).strip()
                ref = self.grid.ref(spots) if len(parts) == 1 else self._lines_ref(spots, line, parts, len(lines))
                if text:
                    self.form.goals.append((text, ref))

    def _lines_ref(self, spots: tuple, line: int, parts: list, count: int) -> str:
        """The place of some lines of a goal cell, whether its lines stand in one cell or were joined from several."""
        if len(spots) == 1:
            return self.grid.lines_ref(spots[0], line, count)
        before = sum(ink(ordinal) + sum(map(ink, lines)) for at, lines, ordinal in parts if at < line)
        own = sum(ink(ordinal) + sum(map(ink, lines)) for at, lines, ordinal in parts if at == line)
        found, at = [], 0
        for row, column in spots:
            size = ink(self.grid.cells[row][column])
            if at < before + own and at + size > before:
                found.append((row, column))
            at += size
        return self.grid.ref(tuple(found))

    # Indicators

    def _read_indicator_header(self, piece: Piece) -> None:
        self._extend(piece, 12, lambda row: all(name in map(field_of, row.cells) for name in COLUMNS), self._starts_no_column)
        self.columns, self.unknown_columns = {}, {}
        for column, (cell, spots) in enumerate(zip(piece.cells, piece.spots, strict=True)):
            label = field_of(cell)
            if label in COLUMNS and label not in self.columns:
                self.columns[label] = column
            elif cell and label != "levels":
                self.unknown_columns[column] = cell
                self._mark(spots, REJECTED)
                continue
            self._mark(spots, LABEL)
        filled = [column for column, cell in enumerate(piece.cells) if cell]
        self.width, self.label_count = filled[-1] + 1, len(filled)
        self.columns_by_order = {name: filled.index(column) for name, column in self.columns.items()}
        if "level1" not in self.columns or "target" not in self.columns:
            self._observe("odd_indicator_header", piece, piece.text)
        self._touch(piece)
        self.section = "indicators"

    @staticmethod
    def _starts_no_column(piece: Piece) -> bool:
        return not any(field_of(cell) in COLUMNS for cell in piece.cells) or field_of(piece.cells[0]) == "level1"

    def _read_indicator(self, piece: Piece) -> None:
        if len(piece.cells) != self.width or piece.kind == ROW:
            self._extend(piece, self.width, lambda row: len(row.cells) in (self.width, self.label_count), self._starts_indicator)
        if not any(piece.cells):
            self._mark_blanks(piece)
            self._touch(piece)
            return
        columns = self._align_indicator(piece)
        if columns is None:
            self._reject(piece, "bad_row", "An indicator row has fewer or more cells than its header, and more than one reading.")
            return
        self._add_indicator(piece, columns)

    def _starts_indicator(self, piece: Piece) -> bool:
        cells = piece.cells
        if field_of(cells[0]) in ROW_FIELDS:
            return True
        if cells[0]:
            return is_level(cells[0], 1) and (len(cells) == 1 or is_level(cells[1], 2))
        if len(cells) > 1:
            return is_level(cells[1], 2)
        after = self._peek(1)
        return after is not None and after.kind == CELLS and is_level(after.cells[0], 2)

    def _align_indicator(self, piece: Piece) -> dict[str, int] | None:
        """Field -> column of the row: by the header's index, or by label order where the row has a cell a label."""
        size, first = len(piece.cells), self.columns.get("level1", 0)
        if first < size < self.width and self._is_shifted(piece.cells, first):
            if piece.kind == CELLS and size + 1 not in (self.width, self.label_count):
                return None
            piece.insert_blank(first)
            self._observe("shifted_row", piece, piece.text)
            size += 1
        if size == self.width or (size > self.width and not any(piece.cells[self.width :])):
            return self.columns
        if size == self.label_count:
            return self.columns_by_order
        if size > self.width:
            return None
        if piece.kind == ROW:  # trailing blank cells may be trimmed
            if size > self.label_count:
                return None
            same = all(column >= size or column == self.columns_by_order[name] for name, column in self.columns.items())
            return self.columns if same else None
        if self._is_category_only(piece, first):
            self._observe("short_row", piece, piece.text)
            return self.columns
        return self._blank_line_as_cell(piece)

    @staticmethod
    def _is_shifted(cells: list[str], first: int) -> bool:
        """Whether the blank cell under a merged first level was dropped: the second level stands in its place."""
        return is_level(cells[first], 2) and not (len(cells) > first + 1 and is_level(cells[first + 1], 2))

    @staticmethod
    def _is_category_only(piece: Piece, first: int) -> bool:
        names = piece.cells[first:]
        return len(names) <= 2 and all(not n or is_level(n, at) for at, n in enumerate(names, 1))

    def _blank_line_as_cell(self, piece: Piece) -> dict[str, int] | None:
        """A row one cell short with an empty line inside: the empty line is the blank cell."""
        rows = [spots[0][0] if spots else -1 for spots in piece.spots]
        cuts = [at for at in range(1, len(rows)) if rows[at] != rows[at - 1]]
        if len(piece.cells) + 1 != self.width or len(cuts) != 1 or cuts[0] < 3:
            return None
        piece.insert_blank(cuts[0])
        self._observe("blank_line_cell", piece, piece.text)
        return self.columns

    def _add_indicator(self, piece: Piece, columns: dict[str, int]) -> None:
        size = len(piece.cells)
        places = [columns.get(name, size) for name in COLUMNS]
        texts = [(piece.cells[column] or None) if column < size else None for column in places]
        spots = [piece.spots[column] if column < size else () for column in places]
        self._mark_row(piece, columns)
        rows = self.form.indicators
        if rows and self._continues(texts, piece, rows[-1]):
            self._continue_indicator(rows[-1], texts, spots, piece)
            return
        first_row, last_row = piece.first_row, piece.last_row
        level1_ref = self.grid.ref(spots[0]) if texts[0] else None
        if rows:
            before = rows[-1]
            if texts[0] is None:
                texts[0], level1_ref = before.texts[0], before.level1_ref
                if texts[1] is None and texts[2] is not None:
                    texts[1] = before.texts[1]
            elif before.texts[0] and not is_level(texts[0], 1) and _joins_level(before.texts[0], texts[0], 1):
                texts[0], level1_ref = self._join_level1(before, texts[0], level1_ref)
        rows.append(Indicator(texts, first_row, last_row, level1_ref, spots[4]))
        if texts[0] and not is_level(texts[0], 1):
            self._observe("level1_outside_taxonomy", piece, texts[0], len(rows))
        if texts[2] is None and texts[1] is None:
            self._observe("row_without_names", piece, piece.text, len(rows))
        self._touch(piece)

    def _mark_row(self, piece: Piece, columns: dict[str, int]) -> None:
        """The ledger of an indicator row: values, but for the cells of a column that no table has."""
        first_row, last_row = piece.first_row, piece.last_row
        if first_row == last_row and len(piece.cells) == len(self.grid.cells[first_row]) and not self.unknown_columns:
            self.grid.mark(first_row, VALUE)
            stray = set(range(len(piece.cells))) - set(columns.values()) if len(piece.cells) != len(columns) else ()
        else:
            for spots in piece.spots:
                self._mark(spots, VALUE)
            stray = set(range(len(piece.cells))) - set(columns.values())
        for column in stray:
            if not piece.cells[column]:
                continue
            if column in self.unknown_columns:
                self._mark(piece.spots[column], REJECTED)
                value = (piece.cells[column], self.grid.ref(piece.spots[column]))
                self.unknown_values.setdefault(column, []).append(value)
            else:
                self._reject_cell(piece.cells[column], piece.spots[column])

    def _continues(self, texts: list[str | None], piece: Piece, before: Indicator) -> bool:
        """Whether a row is the rest of the one before a page cut: its levels blank, or the rest of broken names."""
        if texts[2] is not None or not any(texts) or not (piece.gap or piece.kind == CELLS):
            return False
        for at in (0, 1):
            name = texts[at]
            if name and not (before.texts[at] and not is_level(name, at + 1) and _joins_level(before.texts[at], name, at + 1)):
                return False
        return True

    def _continue_indicator(self, before: Indicator, texts: list[str | None], spots: list[tuple], piece: Piece) -> None:
        for at, text in enumerate(texts):
            if text is None:
                continue
            if at == 0:
                self._join_level1(before, text, self.grid.ref(spots[0]))
                continue
            before.texts[at] = (before.texts[at] or "") + text
            if at == 4:
                before.target_spots += spots[4]
        before.last_row = piece.last_row
        self._observe("continued_row", piece, piece.text, len(self.form.indicators))
        self._touch(piece)

    def _join_level1(self, before: Indicator, tail: str, tail_ref: str | None) -> tuple[str, str]:
        """The rest of a first level that a cut broke; it stands on every row of the group."""
        head, head_ref = before.texts[0], before.level1_ref
        text, ref = head + tail, f"{head_ref}+{tail_ref}"
        for row in self.form.indicators:
            if row.level1_ref == head_ref:
                row.texts[0], row.level1_ref = text, ref
        return text, ref

    # What is left

    def _finish(self) -> None:
        self._finish_goals()
        for column, values in self.unknown_values.items():
            name = self.unknown_columns.get(column, "")
            text = "\n".join(text for text, _ in values)
            self.notes.rejections.append(
                ("+".join(ref for _, ref in values), "form", "structure",
                 f"Project {self.number}: the column {name!r} of the indicator table is not one of the known columns.",
                 f"{name}\n{text}")
            )  # fmt: skip
        for month in MONTHS.values():
            if month not in self.form.plan or self.form.plan[month][1] is None:
                self.form.plan[month] = (self.form.plan.get(month, (None,))[0], self.form.plan_ref)
        self.form.ref = self.grid.rows_ref(self.first_row, self.last_row)
        if not self.columns:
            self._observe_form("no_indicator_header")
        if len(self.form.indicators) > MANY_INDICATORS:
            self._observe_form("many_indicators", str(len(self.form.indicators)))
        if 0 < len(self.months) < 4:
            self._observe_form("plan_months_missing", self.form.plan_header or "")

    def _touch(self, piece: Piece) -> None:
        self.last_row = max(self.last_row, piece.last_row)

    def _mark(self, spots: tuple, role: int) -> None:
        for row, column in spots:
            self.grid.mark(row, role, column)

    def _mark_blanks(self, piece: Piece) -> None:
        for cell, spots in zip(piece.cells, piece.spots, strict=True):
            if not cell:
                self._mark(spots, VALUE)

    def _observe(self, code: str, piece: Piece, text: str | None = None, indicator_no: int | None = None) -> None:
        ref = self.grid.rows_ref(piece.first_row, piece.last_row)
        self.notes.observations.append((self.number, indicator_no, code, text if text is not None else piece.text, ref))

    def _observe_form(self, code: str, text: str = "") -> None:
        self.notes.observations.append((self.number, None, code, text, self.form.ref))

    def _reject(self, piece: Piece, reason: str, message: str) -> None:
        for spots in piece.spots:
            self._mark(spots, REJECTED)
        if piece.text:
            self.notes.rejections.append(
                (self.grid.rows_ref(piece.first_row, piece.last_row), "row", reason, f"Project {self.number}: {message}", piece.text)
            )

    def _reject_cell(self, text: str, spots: tuple) -> None:
        self._mark(spots, REJECTED)
        message = f"Project {self.number}: a cell stands where the form has none."
        self.notes.rejections.append((self.grid.ref(spots), "row", "bad_row", message, text))


def _joins(head: str, tail: str) -> bool:
    """Whether two pieces are one label or category name that a line break parted."""
    if not head or not tail or len(head) + len(tail) >= labels.LONGEST_LABEL:
        return False
    return not (_is_printed_name(head) and _is_printed_name(tail)) and (
        _is_printed_name(head + tail) or GOAL_LABEL.fullmatch(key(head + tail)) is not None
    )


def _is_printed_name(text: str) -> bool:
    return bool(field_of(text)) or is_level(text, 1) or is_level(text, 2)


def _numbered_parts(text: str) -> list[tuple[int, list[str], str]]:
    """The numbered lines of a goal cell: (first line, its lines, the ordinal taken off). Ordinals count up from 1."""
    parts: list[tuple[int, list[str], str]] = []
    expected = 1
    for at, line in enumerate(text.split("\n")):
        ordinal = DIGIT_ORDINAL.match(line)
        if ordinal and (int(ordinal[1]) == expected or not parts):
            expected = int(ordinal[1]) + 1
            parts.append((at, [line[ordinal.end() :]], ordinal[0]))
        elif parts:
            parts[-1][1].append(line)
        else:
            parts.append((at, [line], ""))
    return parts


def _joins_level(head: str, tail: str, level: int) -> bool:
    return not is_level(head, level) and is_level(head + tail, level)


def most_common(values: list[str | None]) -> str | None:
    """The value most often printed, the first among equals; None where none is."""
    counts = Counter(value for value in values if value)
    return counts.most_common(1)[0][0] if counts else None
