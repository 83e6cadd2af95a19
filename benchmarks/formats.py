"""How fast each format is read: python -m benchmarks.formats [--rounds 7]. Documents per CPU second, medians.

The documents are the contents of the five real ones, rendered to each format. docx stands beside python-docx and pdf
beside pdfplumber doing the least that any reader must: every table, every cell's text, the text of every page. All
take turns on the same files in the same run, so that what else the machine does falls on each alike.
"""

import argparse
import io
import statistics
import time
from collections.abc import Callable
from random import Random

import docx
import pdfplumber

from ingest.readers.format_detection import FORMATS
from ingest.staging.rows import document_rows
from tests.support.generator.formats import TABLES, render
from tests.support.generator.irregularities import Dice
from tests.support.generator.model import Document, Form, Indicator, Section
from tests.support.reading import REAL, document_text, read

Work = Callable[[bytes], object]


def contents(name: str, number: int) -> Document:
    """One of the real documents as the generator has it, to be rendered without irregularities."""
    rows = read(document_text(name))
    sections = [
        Section(row["section_type"], row["heading_text"], "", (row["body_text"] or "").split("\n"))
        for row in rows["section"]
    ]
    forms = [_form(project, rows) for project in rows["project"]]
    return Document(number, "", "", name, "", 2023, sections, forms, Dice(Random(number), calm=0.0))


def _form(project: dict, rows: dict) -> Form:
    def own(table: str) -> list[dict]:
        return [row for row in rows[table] if row["project_no"] == project["project_no"]]

    names = ("level1_text", "level2_text", "level3_text", "description_text", "target_text", "basis_text")
    return Form(
        name=project["project_name"], code=project["project_code"], heading=project["heading_text"],
        unit=project["unit_text"], unit_code=project["unit_code"], unit_name=project["unit_name"],
        amount_unit=project["amount_unit_text"], budget=project["total_budget_text"],
        fiscal=project["fiscal_funds_text"], other=project["other_funds_text"], purpose=project["purpose_text"],
        plan_header=project["plan_header_text"],
        plan={row["checkpoint_month"]: row["value_text"] for row in own("plan_point")},
        goals=[row["goal_text"] for row in own("goal")], goal_numbers="{}.", blank_goal_row=False,
        indicators=[Indicator(*(row[name] for name in names)) for row in own("indicator")], names_first=False,
    )  # fmt: skip


# What is measured


def to_grid(format: str) -> Work:
    return FORMATS[format].read


def to_rows(format: str) -> Work:
    read_grid = to_grid(format)
    return lambda content: document_rows("0" * 16, "document", read_grid(content))


def python_docx(content: bytes) -> None:
    for table in docx.Document(io.BytesIO(content)).tables:
        for row in table.rows:
            for cell in row.cells:
                _ = cell.text


def bare_pdfplumber(content: bytes) -> None:
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            page.extract_tables()
            page.extract_text()


def measured(works: dict[str, Work], files: list[bytes], rounds: int) -> dict[str, float]:
    """Documents per CPU second of each work: the median of rounds in which they take turns."""
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            started = time.process_time()
            for content in files:
                work(content)
            seconds[name].append(time.process_time() - started)
    return {name: len(files) / statistics.median(passes) for name, passes in seconds.items()}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=7)
    rounds = options.parse_args().rounds
    beside = {"docx": ("python-docx", python_docx), "pdf": ("pdfplumber bare", bare_pdfplumber)}
    for format in TABLES:
        files = [render(contents(name, number), format)[0] for number, name in enumerate(REAL)]
        works = {"to a grid": to_grid(format), "to rows": to_rows(format)}
        peer = beside.get(format)
        if peer:
            works[peer[0]] = peer[1]
        speeds = measured(works, files, rounds)
        size = sum(map(len, files)) / len(files) / 1024
        print(f"{format:5} {size:5.0f} kB", *(f"  {name} {speed:8.1f} documents/s" for name, speed in speeds.items()))
        if peer:
            ratios = (f"{speeds[name] / speeds[peer[0]]:.2f} {name}" for name in ("to a grid", "to rows"))
            print(f"            times {peer[0]}: {', '.join(ratios)}")


if __name__ == "__main__":
    main()
