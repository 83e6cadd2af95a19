"""Forms as provinces print them, in any format: each a page of paragraphs and tables, with what a person reads in it.

A page is a CSV file: a row of one cell is a paragraph, `---` begins a table or ends it; behind a text `>3` covers three
columns, `v2` two rows. The text file beside it says what is read, a line per value.
"""

import csv
import re
from functools import cache
from importlib import import_module
from pathlib import Path
from random import Random

from ingest.grid import Grid
from ingest.readers import format_detection
from ingest.readers.text import reader as text_reader
from ingest.staging.rows import document_rows
from tests.support.generator.families import read_back
from tests.support.generator.flow import Flow, Paragraph
from tests.support.generator.irregularities import Dice
from tests.support.generator.spans import Cell, SpanTable
from tests.support.page import page

FOLDER = Path(__file__).parents[1] / "ingest" / "forms" / "provinces"
NAMES = sorted(path.stem for path in FOLDER.glob("*.csv"))
SPAN = re.compile(r"(.*?)(?:>(\d+))?(?:v(\d+))?", re.S)
Block = list


@cache
def blocks(name: str) -> list[Block]:
    """The paragraphs and tables of a page."""
    found: list[Block] = []
    table: list | None = None
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.reader(lines):
            if row == ["---"]:
                table = [] if table is None else None
                if table is not None:
                    found.append(table)
            elif table is None:
                found.append(row)
            else:
                table.append([_cell(text) for text in row])
    return found


def _cell(text: str) -> tuple[str, int, int]:
    plain, columns, rows = SPAN.fullmatch(text).groups()
    return plain.replace("\\n", "\n"), int(columns or 1), int(rows or 1)


def grid(name: str, format: str) -> Grid:
    """A page in a format, as it is read."""
    if format == "html":
        return format_detection.FORMATS["html"].read(page(*blocks(name)))
    parts = [_table(block) if isinstance(block[0], list) else Paragraph(block[0]) for block in blocks(name)]
    if format in read_back.TEXTS:
        rows = [row for one in parts for row in (read_back._rows(one) if isinstance(one, SpanTable) else [[one.text]])]
        return text_reader.read_text(read_back.TEXTS[format](rows))
    content = import_module(f"tests.support.generator.{format}").write(Flow("附表", [], [parts]), Dice(Random(1), 0))
    return format_detection.FORMATS[format].read(content)


def _table(rows: list[list[tuple[str, int, int]]]) -> SpanTable:
    table = SpanTable(max(sum(columns for _, columns, _ in row) for row in rows))
    covered: set[tuple[int, int]] = set()
    for at, row in enumerate(rows):
        cells, column = [], 0
        for text, columns, down in row:
            while (at, column) in covered:
                column += 1
            cells.append(Cell(text, None, column, columns, down))
            covered |= {(at + r, column + c) for r in range(1, down) for c in range(columns)}
            column += columns
        table.rows.append(cells)
    return table


def read(name: str, format: str) -> list[str]:
    """What is read of a page: a line per value, in order; what a reader says beside it last."""
    rows, _ = document_rows("0" * 16, name, grid(name, format))
    lines = [_line("form", row, "form_family", "title_text", "year_text") for row in rows["form"]]
    for project in rows["project"]:
        number = project["project_no"]
        lines.append(_line("project", project, "project_code", "project_name", "unit_text", "amount_unit_text"))
        for table, columns in COLUMNS.items():
            lines += [_line(table, row, *columns) for row in rows[table] if row["project_no"] == number]
    lines += [_line("rejection", row, "raw_text") for row in rows["rejection"]]
    said = [row for row in rows["observation"] if row["observation_code"] != "label_by_words"]
    return lines + [_line("observation", row, "observation_code", "evidence_text") for row in said]


COLUMNS = {
    "project_attribute": ("label_text", "column_text", "value_text"),
    "fund": ("label_text", "column_text", "unit_text", "value_text"),
    "goal": ("label_text", "goal_text"),
    "indicator": (
        "term_text", "level1_text", "level2_text", "level3_text", "description_text", "target_text", "basis_text",
    ),
    "indicator_attribute": ("indicator_no", "label_text", "value_text"),
}  # fmt: skip


def _line(kind: str, row: dict, *columns: str) -> str:
    return " | ".join([kind, *("".join(str(row[name] or "").split()) for name in columns)]).rstrip(" |")


def expected(name: str) -> list[str]:
    """What a person reads in a page."""
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
