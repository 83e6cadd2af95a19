"""A document of forms of one family in one format, read, and compared with what it holds."""

from collections.abc import Iterator
from importlib import import_module
from random import Random

from ingest.grid import Grid
from ingest.readers import format_detection
from ingest.readers.text import reader as text_reader
from ingest.staging.rows import document_rows
from tests.support import layouts
from tests.support.generator.families.forms import ALONE, FAMILIES
from tests.support.generator.families.model import Project
from tests.support.generator.flow import Flow, Paragraph
from tests.support.generator.irregularities import Dice
from tests.support.generator.spans import Cell, SpanTable
from tests.support.generator.truth import REPORTED, RIGHT, SILENT


def as_short_rows(rows: layouts.Rows) -> str:
    """Text of one row per line, without the blank cells at its end."""
    return "".join(line.rstrip("\t") + "\n" for line in layouts.as_rows(rows).splitlines())


SHORT_ROWS = "short rows"
TEXTS = {"rows": layouts.as_rows, "cells": layouts.as_cells, SHORT_ROWS: as_short_rows}
FORMATS = ("rows", "cells", "html", "docx", "odt", "xlsx", "pdf")
CALM = 0.5  # of the irregularities of a format
PERSONS = ("张三", "李四", "13800138000")  # of the generated forms
Difference = tuple[str, object, object]


def documents(family: str, format: str, seed: int, count: int) -> Iterator[tuple[Grid, list[Project]]]:
    """Documents with one to three forms each, the same for the same seed."""
    for number in range(count):
        random = Random(f"{family} {format} {seed} {number}")
        count = 1 if family in ALONE else random.randint(1, 3)
        made = [FAMILIES[family](random) for _ in range(count)]
        tables = [table for found, _ in made for table in (found if isinstance(found, list) else [found])]
        yield _grid(format, tables, random), [one for _, projects in made for one in projects]


def _grid(format: str, tables: list[SpanTable], random: Random) -> Grid:
    if format in TEXTS:
        rows = [row for table in tables for row in [["附表"], *_rows(table)]]
        return text_reader.read_text(TEXTS[format](rows))
    groups: list = [[Paragraph("附表"), table] for table in tables]
    content = import_module(f"tests.support.generator.{format}").write(Flow("附表", [], groups), Dice(random, CALM))
    return format_detection.FORMATS[format].read(content)


def _rows(table: SpanTable) -> list[list[str | None]]:
    """The rows of a table as a text prints them: None where a cell is merged across, a blank where it is merged down."""
    grid = table.grid()
    return [
        [row[0].text]
        if len(row) == 1 and not row[0].column
        else [_printed(cell, column, row) for column, cell in enumerate(grid[at])]
        for at, row in enumerate(table.rows)
    ]


def _printed(cell: Cell | None, column: int, row: list[Cell]) -> str | None:
    if cell is None or column != cell.column:
        return None
    return cell.text if cell in row else ""


def outcome(grid: Grid, projects: list[Project]) -> tuple[str, list[Difference]]:
    """How a document was read, and what differs."""
    rows, _ = document_rows("0" * 16, "document", grid)
    wanted = [_wanted(project) for project in projects]
    found = [_found(rows, row) for row in rows["project"]]
    differences = _differences(wanted, found)
    if any(person in str(table) for table in rows.values() for person in PERSONS):
        return SILENT, [*differences, ("persons", PERSONS, "stored")]
    if not differences:
        return RIGHT, []
    return (REPORTED if rows["rejection"] or rows["observation"] else SILENT), differences


def _differences(wanted: list[dict], found: list[dict]) -> list[Difference]:
    if len(wanted) != len(found):
        return [("projects", [one["name"] for one in wanted], [one["name"] for one in found])]
    return [
        (name, one[name], other[name])
        for one, other in zip(wanted, found, strict=True)
        for name in one
        if one[name] != other[name]
    ]


def _plain(text: str | None) -> str:
    return "".join((text or "").split())


def _pairs(pairs: list[tuple[str | None, str | None]]) -> list[tuple[str, str]]:
    return sorted((_plain(label), _plain(text)) for label, text in pairs)


def _wanted(project: Project) -> dict[str, object]:
    return {
        "name": _plain(project.name),
        "code": _plain(project.code),
        "attributes": _pairs(list(project.attributes)),
        "funds": [tuple(map(_plain, fund)) for fund in project.funds],
        "goals": [tuple(map(_plain, goal)) for goal in project.goals],
        "indicators": [
            (*map(_plain, (row.level1, row.level2, row.name, row.target, row.term)), _pairs(list(row.cells.items())))
            for row in project.indicators
        ],
    }


def _found(rows: dict[str, list[dict]], project: dict) -> dict[str, object]:
    def own(table: str) -> list[dict]:
        return [row for row in rows[table] if row["project_no"] == project["project_no"]]

    def texts(row: dict, *columns: str) -> list[str]:
        return [_plain(row[f"{name}_text"]) for name in columns]

    cells: dict[int, list] = {}
    for row in own("indicator_attribute"):
        cells.setdefault(row["indicator_no"], []).append((row["label_text"], row["value_text"]))
    attributes = [(row["label_text"], row["value_text"]) for row in own("project_attribute")]
    unit = [("unit", project["unit_text"])] if project["unit_text"] else []
    return {
        "name": _plain(project["project_name"]),
        "code": _plain(project["project_code"]),
        "attributes": _pairs([*attributes, *unit]),
        "funds": [tuple(texts(row, "label", "column", "value")) for row in own("fund")],
        "goals": [tuple(texts(row, "label", "goal")) for row in own("goal")],
        "indicators": [
            (*texts(row, "level1", "level2", "level3", "target", "term"), _pairs(cells.get(row["indicator_no"], [])))
            for row in own("indicator")
        ],
    }
