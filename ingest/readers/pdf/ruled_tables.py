"""The tables that ruling lines form, as pdfplumber finds them; only its search for cells is done here, in a third of its time."""

from collections import defaultdict
from typing import cast

from pdfplumber.page import Page
from pdfplumber.table import Table, TableFinder, TableSettings, cells_to_tables, edges_to_intersections
from pdfplumber.utils import obj_to_bbox

from ingest.readers.pdf.printed import Printed

Point = tuple[float, float]
Box = tuple[float, float, float, float]
NO_RULE: frozenset[Box] = frozenset()


class RuledTables(TableFinder):
    """`tables` are those of a page, each with the boxes of its cells."""

    def __init__(self, printed: Printed, settings: dict):
        self.page = cast(Page, printed)  # it is asked for its edges alone
        self.settings = TableSettings.resolve(settings)
        self.edges = self.get_edges()
        tolerances = self.settings.intersection_x_tolerance, self.settings.intersection_y_tolerance
        self.intersections = edges_to_intersections(self.edges, *tolerances)
        self.cells = cells_at(self.intersections)
        self.tables = [Table(self.page, group) for group in cells_to_tables(self.cells)]


def cells_at(crossings: dict[Point, dict[str, list[dict]]]) -> list[Box]:
    """The smallest box below and right of each point where rules cross, whose four sides are rules."""
    upright, level = ({point: set(map(obj_to_bbox, rules[way])) for point, rules in crossings.items()} for way in "vh")
    columns, rows = defaultdict(list), defaultdict(list)
    for point in sorted(crossings):
        columns[point[0]].append(point)
        rows[point[1]].append(point)
    cells = []
    for column in columns.values():
        for at, point in enumerate(column):
            row = rows[point[1]]
            right = [other for other in row[row.index(point) + 1 :] if level[point] & level[other]]
            below = [other for other in column[at + 1 :] if upright[point] & upright[other]] if right else []
            corner = next(
                (
                    (beside[0], under[1])
                    for under in below
                    for beside in right
                    if upright.get((beside[0], under[1]), NO_RULE) & upright[beside]
                    and level[beside[0], under[1]] & level[under]
                ),
                None,
            )
            if corner:
                cells.append((*point, *corner))
    return cells
