"""A table of a web page: its rows by group, and the same with all their columns."""

from ingest.readers.shared.flow import BELOW, COVERED, Block, Cell, Table, check_cells, covered

GROUP_ORDER = {"thead": 0, "tbody": 1, "tfoot": 2}
CELLS = ("td", "th")

Span = tuple[Cell, int, int]  # a cell, and how many columns and rows it covers
Row = list[Span]


class PageTable:
    """A table while it is read: the rows of each group."""

    def __init__(self, outer: list[Block]):
        self.outer = outer  # the blocks around the table
        self.groups: list[tuple[int, list[Row]]] = []
        self.rows: list[Row] | None = None  # of the group that is read
        self.row: Row | None = None

    def add_group(self, tag: str = "tbody") -> list[Row]:
        """Begin a group of rows; returns its rows, which are none yet."""
        self.rows, self.row = [], None
        self.groups.append((GROUP_ORDER[tag], self.rows))
        return self.rows

    def add_row(self) -> Row:
        """Begin a row; returns its cells, which are none yet."""
        rows = self.add_group() if self.rows is None else self.rows
        self.row = []
        rows.append(self.row)
        return self.row

    def add_cell(self, columns: int, rows: int) -> Cell:
        """Begin a cell that covers so many columns and rows, 0 for all rows below; returns its blocks, none yet."""
        cell: Cell = []
        row = self.add_row() if self.row is None else self.row
        row.append((cell, columns, rows))
        return cell

    def end(self, tag: str) -> None:
        """End a row or a group; a cell that follows another one belongs to the same row."""
        if tag not in CELLS:
            self.row = None
        if tag in GROUP_ORDER:
            self.rows = None

    def spread(self) -> Table:
        """All rows with all columns, in the order in which a browser shows the groups. Raises UnreadableError: too_large.

        No cell reaches beyond its group. Groups of one row each count as one group: programs that write them so let
        cells reach over several.
        """
        table = Table()
        single: list[Row] = []
        for _, rows in sorted(self.groups, key=lambda group: group[0]):
            if len(rows) == 1:
                single += rows
            else:
                table += _spread(single) + _spread(rows)
                single = []
        table += _spread(single)
        return table


def _spread(rows: list[Row]) -> list[list[Cell]]:
    table: list[list[Cell]] = []
    covering: dict[int, tuple[int, Cell]] = {}  # by column, how many more rows a cell above covers, and as what
    count = 0
    for at, cells in enumerate(rows):
        row: list[Cell] = []
        after = {column: (left - 1, mark) for column, (left, mark) in covering.items() if left > 1}
        for cell, columns, down in cells:
            while len(row) in covering:
                row.append(covering[len(row)][1])
            begin = len(row)
            row.append(cell)
            row += covered(row, columns - 1)
            down = min(down or len(rows), len(rows) - at)
            if down > 1:
                after |= dict.fromkeys(range(begin, begin + columns), (down - 1, COVERED))
                after[begin] = (down - 1, BELOW)
        row += [covering.get(column, (0, COVERED))[1] for column in range(len(row), max(covering, default=-1) + 1)]
        covering = after
        table.append(row)
        count += len(row)
        check_cells(count)
    return table
