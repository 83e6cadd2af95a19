"""Which label of a header each cell of a whole row belongs to, where merged cells give the row a grid of its own."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from ingest.grid import Extent, TableGrid

SLACK = 0.01  # of the width of a table: rules that are drawn as one line may lie so far apart


class Placed(NamedTuple):
    """The cells of a row, each with the column of its label, None before all labels."""

    cells: list[tuple[Extent, int | None]]
    is_on_other_grid: bool  # they do not lie under the labels of the header: order or width decided


class HeaderGrid:
    """The labels of a header and where each begins; a label reaches up to the next one."""

    def __init__(self, grid: TableGrid, row: int, labels: Sequence[int]):
        """`labels` are the columns of the labels in order; one of a second row of the header is no cell of `row`."""
        self.grid, self.labels = grid, labels
        self.edges = grid.shapes[row][1]
        self.cells = grid.extents(row)
        lefts = {cell.column: cell.left for cell in self.cells}
        self.begins = [lefts.get(label, self._left(label)) for label in labels]
        self.slack = SLACK * (self.edges[-1] - self.edges[0]) if self.edges else 0.0

    def place(self, row: int) -> Placed | None:
        """The cells of a row with their labels; None where there is more than one reading.

        A row that only divides the cells of the header further is read by column. A row on another grid, as dragged
        borders leave it, is read by order if it has as many cells as the header, else by the label that a cell shares
        most of its width with; one that is merged over whole labels belongs to the first of them.
        """
        cells = self.grid.extents(row)
        if self.grid.shapes[row][1] != self.edges:  # the measure of another table says nothing here
            return Placed([(cell, self._label(bisect_right(self.labels, cell.column))) for cell in cells], False)
        spans = [self._span(cell) for cell in cells]
        if all(last <= first for first, last in spans):
            return Placed([(cell, self._label(first)) for cell, (first, _) in zip(cells, spans, strict=True)], False)
        if len(cells) == len(self.cells):
            firsts = [self._span(cell)[0] for cell in self.cells]
            return Placed([(cell, self._label(first)) for cell, first in zip(cells, firsts, strict=True)], True)
        return self._by_width(row, cells, spans)

    def _left(self, column: int) -> float:
        return self.edges[column] if self.edges else column

    def _span(self, cell: Extent) -> tuple[int, int]:
        """How many labels begin up to the left side of a cell, and before its right side."""
        return bisect_right(self.begins, cell.left + self.slack), bisect_left(self.begins, cell.right - self.slack)

    def _label(self, count: int) -> int | None:
        return self.labels[count - 1] if count else None

    def _by_width(self, row: int, cells: list[Extent], spans: list[tuple[int, int]]) -> Placed | None:
        """Cells with text by the label that each shares most with; None where two share one, or one two alike."""
        found: list[tuple[Extent, int | None]] = []
        for cell, (first, last) in zip(cells, spans, strict=True):
            at_row, column = self.grid.printed_at((row, cell.column))
            if self.grid.cells[at_row][column].strip():
                count = first if self._is_merged(cell) else self._widest(cell, range(first, max(first, last) + 1))
                if count is None:
                    return None
                found.append((cell, self._label(count)))
        labels = [label for _, label in found]
        return Placed(found, True) if len(set(labels)) == len(labels) else None

    def _widest(self, cell: Extent, counts: range) -> int | None:
        """The label with which a cell shares most of its width; None where two labels are alike."""
        shares = {count: self._shared(cell, count) for count in counts}
        best = max(counts, key=shares.__getitem__)
        is_alike = any(shares[best] - share <= self.slack for count, share in shares.items() if count != best)
        return None if is_alike else best

    def _is_merged(self, cell: Extent) -> bool:
        """True if a cell begins and ends where labels do."""
        sides = [*self.begins, self.cells[-1].right]
        return all(any(abs(side - edge) <= self.slack for edge in sides) for side in (cell.left, cell.right))

    def _shared(self, cell: Extent, count: int) -> float:
        """The width that a cell shares with the `count`-th label; with 0 what is before all of them."""
        left = self.begins[count - 1] if count else cell.left
        right = self.begins[count] if count < len(self.begins) else cell.right
        return min(cell.right, right) - max(cell.left, left)
