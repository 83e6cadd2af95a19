"""Tables that continue over pages: which rows, cells and merged labels a page break split, by where their print ends.

A row was split where each of its cells with text on both pages is full, in its last line and its height, or where one of
them shows it: halves of a label, or a text that begins with a closing sign. What is a label beats how full a cell looks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, takewhile

from ingest.grid import Place
from ingest.readers.pdf.cells import ChainCell, cells_of, texts_of
from ingest.readers.pdf.halves import are_halves, is_name, is_whole_name
from ingest.readers.pdf.pages import SAME, Table
from ingest.readers.pdf.seams import Rules, Seam, Style, seam
from ingest.vocabulary.label_parts import field_by_words
from ingest.vocabulary.labels import HEAD_FIELDS, MONTHS, field_of

FEWEST_MONTHS = 2  # labels of a plan; one may be the beginning of a target
FEWEST_REPEATED = 2  # cells with text in a row that a page prints again
OFTEN_MERGED = ("target", "basis")  # one value for several indicators
MOST_ROWS = 100  # on each side of a page break that show how a column is printed
Pairs = list[tuple[ChainCell | None, ChainCell]]  # the cells of a row, each with the one above it before the page break


@dataclass(slots=True)
class ChainRow:
    place: Place
    cells: list[ChainCell]
    chain: Chain
    reaching: list[ChainCell]  # the cells of rows above that are merged down into this one
    is_repeated: bool = False
    is_below_cut: bool = False


class Chain:
    """A table over one page or more."""

    def __init__(self, page: int, table: Table):
        self.x0, self.x1 = table.x0, table.x1
        self.rows: list[ChainRow] = []
        self.open: list[ChainCell] = []  # the cells that reach the end of the page
        self.starts = [texts_of(table)]  # of the tables that the pages begin with
        self._add(page, table, cells_of(table), 0, -1)

    def continues_in(self, table: Table) -> bool:
        """True if a table has the same left and right edge."""
        return abs(self.x0 - table.x0) < SAME and abs(self.x1 - table.x1) < SAME

    def extend(self, page: int, table: Table) -> list[ChainRow]:
        """Add the rows of the table on the next page; returns those that are new."""
        rows, texts = cells_of(table), texts_of(table)
        known = self._known(texts)
        repeated = max(self._repeated(texts), self._headers_again(texts[:known]))
        if known == len(rows):
            return self._add(page, table, rows, repeated, known)
        pairs: Pairs = [(self._above(cell), cell) for cell in rows[known]]
        place = Place(page, table.number, known + 1)
        rules = Rules.of(self.open, rows[known])
        styles = self._styles(pairs, rows[known:])
        is_rest = _is_rest(pairs, styles, self.open)
        if is_rest and not rules.tell:
            is_open = bool(_below_blank(pairs))  # a split cell has its first line above
            for upper, cell in pairs:
                if upper is not None:
                    upper.join(cell, place)
                    upper.is_doubtful = upper.is_doubtful or is_open
            return self._add(page, table, rows, repeated, known + 1, skipped=known)
        if not known:
            self.starts.append(texts)
        is_open = is_rest or _may_be_rest(pairs, self.open)
        has_values = self._ends_in_indicators()  # elsewhere no value belongs to several rows
        for (upper, cell), style in zip(pairs, styles, strict=True):
            cell.is_doubtful = is_open and bool(cell.text)
            if upper is not None:
                is_one, is_doubtful = seam(upper, cell, rules, style)
                _close(upper, cell, Seam(is_one, is_doubtful and has_values), place)
        return self._add(page, table, rows, repeated, known)

    def _add(
        self, page: int, table: Table, rows: list[list[ChainCell]], repeated: int, below_cut: int, skipped: int = -1
    ) -> list[ChainRow]:
        added: list[ChainRow] = []
        reaching: list[ChainCell] = []
        for number, cells in enumerate(rows):
            reaching = [cell for cell in reaching if cell.piece.bottom > cells[0].piece.top + SAME]
            if number != skipped:
                place = Place(page, table.number, number + 1)
                added.append(ChainRow(place, cells, self, reaching, number < repeated, number == below_cut))
            reaching = reaching + [cell for cell in cells if cell.is_merged]
        reached = [cell for row in added for cell in row.cells if table.bottom - cell.piece.bottom < SAME]
        if skipped >= 0:
            reached += [cell for cell in self.open if table.bottom - cell.piece.bottom < SAME]
        self.open = reached
        self.rows += added
        return added

    def _repeated(self, texts: list[list[str]]) -> int:
        """Number of leading rows on this page that are the first rows of the table, printed again.

        Another table with the same first rows continues with rows of the same kind, which share labels with the first one's.
        """
        for start in self.starts:
            count = next((at for at, (row, first) in enumerate(zip(texts, start, strict=False)) if row != first), 0)
            if not any(sum(map(bool, row)) >= FEWEST_REPEATED for row in texts[:count]):
                continue
            if any(field_of(cell) in HEAD_FIELDS for cell in texts[count]):
                continue  # the unit over a form is its own, though each page has it
            if len({*texts[count]} & {*start[count]} - {""}) < FEWEST_REPEATED:
                return count
        return 0

    def _known(self, texts: list[list[str]]) -> int:
        """Number of leading rows on this page that repeat rows already read (a reprinted header between two halves of a row)."""
        before = [[cell.printed for cell in row.cells] for row in self.rows]
        return next(
            (at for at, row in enumerate(texts) if sum(map(bool, row)) < FEWEST_REPEATED or row not in before),
            len(texts),
        )

    def _headers_again(self, texts: list[list[str]]) -> int:
        """Number of rows, known ones, up to the header of an indicator table that another one on the page before continues.

        Below them its rows may follow, or the next form, whose heading the page before ended with.
        """
        header = next((at for at, row in enumerate(texts) if _is_header(row)), None)
        return header + 1 if header is not None and self._ends_in_indicators() else 0

    def _ends_in_indicators(self) -> bool:
        """Whether the last rows are below the header of an indicator table, and not below the head of a form."""
        rows = ([cell.text for cell in row.cells] for row in reversed(self.rows))
        last = next((row for row in rows if _is_header(row) or not HEAD_FIELDS.isdisjoint(map(field_of, row))), [])
        return _is_header(last)

    def _above(self, cell: ChainCell) -> ChainCell | None:
        return next((upper for upper in self.open if upper.is_same_column(cell)), None)

    def _styles(self, pairs: Pairs, below: list[list[ChainCell]]) -> list[Style]:
        """How the rows around a page break print each column, up to its label and down to the next one."""
        above = [[*row.cells, *row.reaching] for row in self.rows[: -MOST_ROWS - 1 : -1]]
        below = below[:MOST_ROWS]
        has_merged_values = any(map(_is_merged_value, chain(*_indicators(above), *_indicators(below))))
        styles: list[Style] = []
        for upper, cell in pairs:
            column = [*_column(above, upper), *_column(below, upper)] if upper else []
            others = [other for other in column if other is not upper and other is not cell]
            has_merged = any(other.is_merged for other in column) or cell.is_merged
            has_blank = any(not other.is_printed for other in others)
            labels = (field_of(other.text) for row in above for other in row if other.is_same_column(cell))
            is_often_merged = next(filter(None, labels), "") in OFTEN_MERGED
            styles.append(Style(has_merged, has_blank, has_merged_values, is_often_merged))
        return styles

    @cached_property
    def edges(self) -> list[float]:
        """The left edges of all its cells, over all pages, and its right one; to be asked when all pages are read."""
        edges: list[float] = []
        for x0 in sorted({cell.piece.x0 for row in self.rows for cell in row.cells}):
            if not edges or x0 - edges[-1] >= SAME:
                edges.append(x0)
        return [*edges, self.x1]


def _is_header(row: list[str]) -> bool:
    """Whether a row is the header of an indicator table."""
    return any(field_of(cell) == "level1" for cell in row)


def _close(upper: ChainCell, cell: ChainCell, found: Seam, place: Place) -> None:
    """Keep what a cell below the page break is to the one above it."""
    has_text = bool(cell.text)
    if found.is_doubtful:
        (upper if has_text else cell).is_doubtful = True
    if has_text and found.is_one:
        upper.join(cell, place)
    elif not has_text:
        cell.head, cell.is_rest = upper, found.is_one


def _is_rest(pairs: Pairs, styles: list[Style], ends: list[ChainCell]) -> bool:
    """True if the first row on a page is the rest of the last one: every cell with text on both pages was split."""
    if any(cell.text and upper is None for upper, cell in pairs):
        return False
    both = _with_text_on_both(pairs)
    if _is_plan(both, ends):
        return False
    halves = [are_halves(upper.text, cell.text) for upper, cell in both]
    if any(is_whole_name(upper.text, cell.text) for upper, cell in both):
        if not any(halves):
            return False
    elif any(
        upper and upper.piece.lines and cell.text and not style.has_merged and are_halves(upper.text, cell.text)
        for (upper, cell), style in zip(pairs, styles, strict=True)
    ):
        return True  # one cell of this row alone shows the cut, however full the others are
    if any(is_name(cell.text) for cell in _below_blank(pairs)):
        return False
    return bool(both) and all(
        is_half or upper.is_cut(cell) for is_half, (upper, cell) in zip(halves, both, strict=True)
    )


def _is_plan(both: list[tuple[ChainCell, ChainCell]], ends: list[ChainCell]) -> bool:
    """Whether the texts on both pages are the months of a plan, and their values."""
    months = sum(field_of(upper.text) in MONTHS for upper in ends)
    return months >= FEWEST_MONTHS and any(field_of(upper.text) in MONTHS for upper, _ in both)


def _may_be_rest(pairs: Pairs, ends: list[ChainCell]) -> bool:
    """Whether a row that is read as one of its own may be the rest of the last one all the same.

    Its texts stand below blank cells alone; or all but one of its cells may be split, and that one, or its only one, may have
    a line break there.
    """
    if any(cell.text and upper is None for upper, cell in pairs):
        return False
    both = _with_text_on_both(pairs)
    if not both:
        return any(cell.text for _, cell in pairs)
    if _is_plan(both, ends) or any(is_whole_name(upper.text, cell.text) for upper, cell in both):
        return False
    is_alone = sum(bool(cell.text) for _, cell in pairs) == 1
    uncut = sum(not upper.is_cut(cell) for upper, cell in both)
    return not uncut or (uncut == 1 and (is_alone or len(both) > 1))


def _below_blank(pairs: Pairs) -> list[ChainCell]:
    """The cells with text below blank ones."""
    return [cell for upper, cell in pairs if upper is not None and cell.text and not upper.is_printed]


def _with_text_on_both(pairs: Pairs) -> list[tuple[ChainCell, ChainCell]]:
    return [(upper, cell) for upper, cell in pairs if cell.text and upper is not None and upper.piece.lines]


def _is_merged_value(cell: ChainCell) -> bool:
    return cell.is_merged and bool(cell.text) and not is_name(cell.text)


def _indicators(rows: list[list[ChainCell]]) -> Iterator[list[ChainCell]]:
    """The rows up to the header of an indicator table."""
    return takewhile(lambda row: not _is_header([cell.text for cell in row]), rows)


def _column(rows: list[list[ChainCell]], like: ChainCell) -> Iterator[ChainCell]:
    """The cells of a column in rows that have it, as far as the next label; rows without any text say nothing."""
    last = None
    for row in rows:
        cell = next((cell for cell in row if cell.is_same_column(like)), None)
        if cell is None and last is not None and last.is_merged and row[0].piece.top < last.piece.bottom:
            continue
        if cell is None or field_by_words(cell.text) is not None:
            return
        if any(other.text for other in row):
            yield cell
        last = cell
