"""The model as a drawing: each fact of marts with the dimensions that it leads to, and the same as a table."""

from dataclasses import dataclass

from serve.export import catalogue, datapackage
from serve.export.catalogue import Table
from serve.report.site import STAR, Column, Row, Site

BOX_WIDTH, BOX_HEIGHT, STEP, WIDTH = 210, 40, 62, 980
FACT, DIMENSION = "fct_", "dim_"


@dataclass(frozen=True)
class Box:
    """A table as it is drawn: `x` and `y` are its upper left corner."""

    name: str
    zh: str
    x: int
    y: int
    leads_to: tuple[str, ...] = ()

    def line_to(self, dimension: "Box") -> str:
        """The path from a fact to a dimension at its left or right."""
        is_left = dimension.x < self.x
        start = self.x if is_left else self.x + BOX_WIDTH
        end = dimension.x + BOX_WIDTH if is_left else dimension.x
        bend = (start + end) // 2
        y, to = self.y + BOX_HEIGHT // 2, dimension.y + BOX_HEIGHT // 2
        return f"M{start},{y} C{bend},{y} {bend},{to} {end},{to}"


def write(site: Site) -> None:
    tables = [table for table in catalogue.tables(site.connection) if table.schema == "marts"]
    keys = datapackage.keys_of(tables)
    facts = [table for table in tables if table.table.startswith(FACT)]
    dimensions = [table for table in tables if table.table.startswith(DIMENSION)]
    leads = {fact.table: _leads_to(fact, keys) for fact in facts}
    used = [table for table in dimensions if any(table.table in found for found in leads.values())]
    boxes = _boxes(facts, used, leads)
    columns = (
        Column("table_name", "事实表", "Fact", "identifier"),
        *(Column(table.table, _title(table), table.table, "mark") for table in used),
    )
    rows: list[Row] = [
        {"table_name": fact.table} | {table.table: table.table in leads[fact.table] or None for table in used}
        for fact in facts
    ]
    height = max((box.y for box in boxes.values()), default=0) + STEP
    site.write(
        STAR,
        "star.html",
        boxes=boxes,
        width=WIDTH,
        height=height,
        box=(BOX_WIDTH, BOX_HEIGHT),
        rows=rows,
        columns=columns,
    )


def _leads_to(fact: Table, keys: dict[str, Table]) -> tuple[str, ...]:
    """The dimensions whose key is a column of the fact."""
    found = [keys[column.name].table for column in fact.columns if datapackage.refers(fact, column.name, keys)]
    return tuple(dict.fromkeys(name for name in found if name.startswith(DIMENSION)))


def _boxes(facts: list[Table], dimensions: list[Table], leads: dict[str, tuple[str, ...]]) -> dict[str, Box]:
    """The facts in the middle, the dimensions at both sides; the shorter columns begin lower."""
    half = (len(dimensions) + 1) // 2
    columns = [dimensions[:half], facts, dimensions[half:]]
    tallest = max(map(len, columns))
    boxes = {}
    for tables, x in zip(columns, (10, (WIDTH - BOX_WIDTH) // 2, WIDTH - BOX_WIDTH - 10), strict=True):
        for number, table in enumerate(tables):
            y = 10 + number * STEP + (tallest - len(tables)) * STEP // 2
            boxes[table.table] = Box(table.table, _title(table), x, y, leads.get(table.table, ()))
    return boxes


def _title(table: Table) -> str:
    return table.zh.partition("：")[0]
