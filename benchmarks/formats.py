"""How fast each format is read, beside other libraries: python -m benchmarks.formats [--format docx] [--json file].

The documents are the contents of the five real ones, rendered to each format. A yardstick does the least that any reader
of the format must: lxml walks every table to the texts and spans of its cells, openpyxl gives every cell its value and
number format, python-docx and pdfplumber give every table and text. All take turns on the same files in the same run, so
that what else the machine does falls on each alike. Figures are documents per CPU second, medians of the rounds; a ratio
is that of the reader over that of a yardstick.
"""

import argparse
import contextlib
import gc
import io
import json
import statistics
import time
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random

import docx
import lxml.html
import openpyxl
import pdfplumber
from lxml import etree

from ingest.readers.format_detection import FORMATS
from ingest.readers.pdf import printing
from ingest.staging.rows import document_rows
from tests.support.generator.formats import render
from tests.support.generator.irregularities import Dice
from tests.support.generator.model import Document, Form, Indicator, Section
from tests.support.reading import REAL, document_path, document_text, read

Work = Callable[[bytes], object]

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OPEN_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


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


def lxml_docx(content: bytes) -> None:
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml"))
    for table in root.iter(WORD + "tbl"):
        for row in table.iterchildren(WORD + "tr"):
            for cell in row.iterchildren(WORD + "tc"):
                properties = cell.find(WORD + "tcPr")
                if properties is not None:
                    for name in ("gridSpan", "vMerge"):
                        found = properties.find(WORD + name)
                        _ = found is not None and found.get(WORD + "val")
                for paragraph in cell.iterchildren(WORD + "p"):
                    "".join([text.text or "" for text in paragraph.iter(WORD + "t")])


def lxml_odt(content: bytes) -> None:
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("content.xml"))
    for table in root.iter(OPEN_TABLE + "table"):
        for row in table.iterchildren(OPEN_TABLE + "table-row"):
            for cell in row.iterchildren(OPEN_TABLE + "table-cell", OPEN_TABLE + "covered-table-cell"):
                for name in ("columns", "rows"):
                    cell.get(f"{OPEN_TABLE}number-{name}-spanned")
                ["".join(paragraph.itertext()) for paragraph in cell]


def lxml_html(content: bytes) -> None:
    for table in lxml.html.fromstring(content).iter("table"):
        for row in table.iter("tr"):
            for cell in row.iterchildren("td", "th"):
                cell.get("colspan"), cell.get("rowspan")
                "".join(cell.itertext())


def python_docx(content: bytes) -> None:
    for table in docx.Document(io.BytesIO(content)).tables:
        for row in table.rows:
            for cell in row.cells:
                _ = cell.text


def openpyxl_read_only(content: bytes) -> None:
    for sheet in openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True):
        for row in sheet.iter_rows():
            for cell in row:
                _ = cell.value, cell.number_format


def bare_pdfplumber(content: bytes) -> None:
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            page.extract_tables()
            page.extract_text()


def split(content: bytes) -> None:
    for line in content.decode().split("\n"):
        [cell.strip() for cell in line.split("\t")]


YARDSTICKS: dict[str, dict[str, Work]] = {
    "text": {"decode and split": split},
    "docx": {"lxml": lxml_docx, "python-docx": python_docx},
    "html": {"lxml": lxml_html},
    "odt": {"lxml": lxml_odt},
    "xlsx": {"openpyxl read-only": openpyxl_read_only},
    "pdf": {"pdfplumber bare": bare_pdfplumber},
}
READER = ("to a grid", "to rows")


def left_to_pdfplumber(files: list[bytes]) -> str:
    """How many pages pdfium left to pdfplumber, of how many."""
    left = pages = 0
    for content in files:
        with contextlib.closing(printing.Document(content)) as document:
            for page in document.pages:
                document.printed(page)
            left, pages = left + len(document.unclear), pages + len(document.pages)
    return f"{left} of {pages}"


def measured(works: dict[str, Work], files: list[bytes], rounds: int) -> dict[str, float]:
    """Documents per CPU second of each work: the median of rounds in which they take turns."""
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            gc.collect()  # what one leaves is not charged to the next
            started = time.process_time()
            for content in files:
                work(content)
            seconds[name].append(time.process_time() - started)
    return {name: len(files) / statistics.median(passes) for name, passes in seconds.items()}


def compared(format: str, rounds: int) -> dict[str, object]:
    """The figures of a format: ratios by yardstick first, then speeds, and the mean size of its documents."""
    files = [_rendered(name, number, format) for number, name in enumerate(REAL)]
    works = dict(zip(READER, (to_grid(format), to_rows(format)), strict=True)) | YARDSTICKS[format]
    speeds = measured(works, files, rounds)
    ratios = {peer: {name: speeds[name] / speeds[peer] for name in READER} for peer in YARDSTICKS[format]}
    return {
        "format": format,
        "ratios": {peer: {name: round(ratio, 3) for name, ratio in found.items()} for peer, found in ratios.items()},
        "documents_per_cpu_second": {name: round(speed, 1) for name, speed in speeds.items()},
        "mean_bytes": sum(map(len, files)) // len(files),
    } | ({"pages_left_to_pdfplumber": left_to_pdfplumber(files)} if format == "pdf" else {})


def _rendered(name: str, number: int, format: str) -> bytes:
    if format == "text":
        return document_path(name).read_bytes()
    return render(contents(name, number), format)[0]


def _show(figures: dict) -> None:
    speeds = figures["documents_per_cpu_second"]
    for peer, ratios in figures["ratios"].items():
        told = "  ".join(f"{ratio:7.3f} {name}" for name, ratio in ratios.items())
        print(f"{figures['format']:5} {told}  times {peer} ({speeds[peer]:,.1f} documents/s)", flush=True)
    told = "  ".join(f"{speeds[name]:7.1f} {name}" for name in READER)
    print(f"      {told}  documents/s of {figures['mean_bytes'] / 1024:.0f} kB")
    if "pages_left_to_pdfplumber" in figures:
        print(f"      {figures['pages_left_to_pdfplumber']} pages read by pdfplumber, the others by pdfium")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--format", choices=tuple(YARDSTICKS), action="append")
    options.add_argument("--json", type=Path, help="the file that the figures are written to as well")
    given = options.parse_args()
    warnings.filterwarnings("ignore", module="openpyxl")  # the rendered workbooks name no default style
    found = []
    for format in given.format or YARDSTICKS:
        found.append(compared(format, given.rounds))
        _show(found[-1])
    if given.json:
        given.json.write_text(json.dumps(found, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
