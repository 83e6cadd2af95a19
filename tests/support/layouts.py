"""A form as rows of cells, and the same rows in each layout that a document may have.

In a row None is what a merged cell covers, "" a blank cell; a row of one cell stands outside the table.
"""

import csv
import io
import unicodedata

from ingest.grid import Grid, TableGrid
from ingest.readers.text import reader as text_reader
from ingest.staging.rows import document_rows

_ = None  # covered by the merged cell before it or above it
Rows = list[list[str | None]]

HEADER = 8  # the row of the indicator header
FORM: Rows = [
    ["1.路灯维护绩效目标表"],
    ["479002河北乐亭县城管局", "单位：万元"],
    ["项目编码", "13022523P00L02410032K", _, "项目名称", "路灯维护", _, _],
    ["预算规模及资金用途", "预算数", "20.00", "其中：财政资金", "18.00", "其他资金", "2.00"],
    [_, "维修路灯。", _, _, _, _, _],
    ["资金支出计划（%）", "3月底", _, "6月底", "10月底", _, "12月底"],
    [_, "25%", _, "50%", "75%", _, "100%"],
    ["绩效目标", "1.路灯常亮", _, _, _, _, _],
    ["一级指标", "二级指标", "三级指标", "绩效指标描述", _, "指标值", "指标值确定依据"],
    ["产出指标", "数量指标", "路灯数量", "维修的路灯数", _, "≥100盏", "计划"],
    [_, "质量指标", "合格率", "维修合格率", _, "≥95%", "规范"],
    ["效益指标", "社会效益指标", "亮灯率", "夜间亮灯率", _, "≥98%", "规范"],
    ["满意度指标", "服务对象满意度指标", "居民满意度", "居民满意度", _, "≥90%", "问卷"],
]
OTHER_CODE = {"路灯维护": "绿化养护", "1.路灯维护绩效目标表": "2.绿化养护绩效目标表",
              "13022523P00L02410032K": "13022523P00L02410033A"}  # fmt: skip


def replaced(cells: dict[str, str], rows: Rows = FORM) -> Rows:
    """The rows with some cells printed otherwise."""
    return [[cells.get(cell, cell) if cell else cell for cell in row] for row in rows]


def inserted(at: int, *new: list[str | None], rows: Rows = FORM) -> Rows:
    """The rows with new ones before row `at`."""
    return [*rows[:at], *new, *rows[at:]]


def as_rows(rows: Rows) -> str:
    """Text of one row per line, cells between TABs."""
    return "".join("\t".join(cell or "" for cell in row) + "\n" for row in rows)


def as_cells(rows: Rows) -> str:
    """Text of one cell per line, rows apart by an empty line; what a merged cell covers is not printed, but for the first."""
    blocks = [
        row if len(row) == 1 else [f"\t{cell or ''}" for at, cell in enumerate(row) if cell is not None or not at]
        for row in rows
    ]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def as_markdown(rows: Rows) -> str:
    """A Markdown text: each run of rows is a table, with a rule below its first row."""
    lines: list[str] = []
    is_table = False
    for row in rows:
        if len(row) == 1:
            lines += ["", row[0], ""]
        else:
            lines.append(
                "| " + " | ".join((cell or "").replace("|", "\\|").replace("\n", "<br>") for cell in row) + " |"
            )
            lines += [] if is_table else ["|" + " --- |" * len(row)]
        is_table = len(row) > 1
    return "\n".join(lines) + "\n"


def as_csv(rows: Rows, delimiter: str = ",") -> str:
    """A sheet saved as CSV: every record has all columns."""
    width = max(map(len, rows))
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerows([cell or "" for cell in row] + [""] * (width - len(row)) for row in rows)
    return text.getvalue()


def as_blanks(rows: Rows, is_wide: bool = True) -> str:
    """Columns apart by blanks, each as wide as its longest text, as programs print tables; Chinese is two columns wide."""
    width = max(map(len, rows))

    def size(text: str) -> int:
        return sum(2 if is_wide and unicodedata.east_asian_width(char) in "WF" else 1 for char in text)

    spans = [0] * width
    for row in rows:
        for at, cell in enumerate(row if len(row) > 1 else []):
            end = next((end for end in range(at + 1, len(row)) if row[end] is not None), len(row))
            missing = size(cell or "") - sum(spans[at:end]) - 2 * (end - at - 1)
            spans[end - 1] += max(missing, 0) if cell else 0
    lines = []
    for row in rows:
        line, column = "", 0
        for at, cell in enumerate(row):
            line += " " * (column - size(line)) + (cell or "")
            column += spans[at] + 2
        lines.append(line.rstrip())
    return "\n".join(lines) + "\n"


def as_table(rows: Rows) -> TableGrid:
    """Tables with paragraphs between them, as docx and html give them."""
    grid, paragraphs, table, number = TableGrid(), 0, 0, 0
    for row in rows:
        if len(row) == 1:
            paragraphs, number = paragraphs + 1, 0
            grid.add_paragraph(row[0], paragraphs)
            continue
        table, number = table + (number == 0), number + 1
        grid.add_row([cell or "" for cell in row], number, table)
    return grid


def as_sheet(rows: Rows) -> TableGrid:
    """One table of whole rows, heading and unit line in it, as xlsx gives them."""
    grid, width = TableGrid(), max(map(len, rows))
    for number, row in enumerate(rows, 1):
        grid.add_row([cell or "" for cell in row] + [""] * (width - len(row)), number, page=1)
    return grid


TEXTS = (as_rows, as_cells)
TABLES = (as_table, as_sheet)
LAYOUTS = TEXTS + TABLES


def read(document: str | Grid) -> dict[str, list[dict]]:
    """Staging rows by table, and the document's own facts under `facts`."""
    grid = text_reader.read_text(document) if isinstance(document, str) else document
    rows, facts = document_rows("0" * 16, "document", grid)
    return rows | {"facts": facts}


def texts(document: str | Grid) -> dict[str, list[tuple]]:
    """What was read, places aside: comparable between layouts."""
    return {
        name: [
            tuple(
                value for column, value in row.items() if column.endswith(("_text", "_no", "_code", "_name", "_month"))
            )
            for row in read(document)[name]
        ]
        for name in ("section", "project", "plan_point", "goal", "indicator")
    }
