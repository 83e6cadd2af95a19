"""A table that is filled row by row over one grid of columns, with cells merged down."""

from tests.support.generator.spans import SpanTable
from tests.support.generator.table import BLANK, LABEL


class Sheet:
    def __init__(self, width: int):
        self.table = SpanTable(width)

    def row(self, *cells: str | tuple[str, int]) -> int:
        """Add a row: texts, or (text, columns), the last one as wide as what is left; returns its number."""
        widths = [cell[1] if isinstance(cell, tuple) else 1 for cell in cells]
        widths[-1] += self.table.width - sum(widths)
        ends = [sum(widths[: at + 1]) for at in range(len(widths))]
        texts = [cell[0] if isinstance(cell, tuple) else cell for cell in cells]
        self.table.add([(text, LABEL if text else BLANK) for text in texts], ends)
        return len(self.table.rows) - 1

    def down(self, first: int, column: int, last: int | None = None) -> None:
        """Merge a cell with the blank ones below it, to a row or to the last one."""
        end = len(self.table.rows) - 1 if last is None else last
        if end > first:
            self.table.merge_down(first, end, column)

    def down_runs(self, first: int, columns: list[int], keys: list[tuple]) -> None:
        """Merge, in some columns, the blank cells below each cell that begins a run of equal keys."""
        for column, depth in zip(columns, range(1, len(columns) + 1), strict=True):
            start = 0
            for at in range(1, len(keys) + 1):
                if at == len(keys) or keys[at][:depth] != keys[start][:depth]:
                    self.down(first + start, column, first + at - 1)
                    start = at


def shown(keys: list[tuple], at: int, is_merged: bool) -> tuple[str, ...]:
    """The cells of a row's key: blank where the row above prints the same and they are merged."""
    if not is_merged or at == 0:
        return keys[at]
    return tuple(
        "" if keys[at][: depth + 1] == keys[at - 1][: depth + 1] else text for depth, text in enumerate(keys[at])
    )
