"""A list of findings as XLSX: Chinese headers that stay in sight, a filter, and a print on A4 landscape."""

from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from serve.report.finding_list.columns import COLUMNS, notes
from serve.report.finding_list.rows import FindingList
from serve.workbook import MOST_CHARACTERS, Cells, columns_of, save, set_widths

HEADER_ROW = 2  # below the title
A4 = 9  # in the numbers of the format
POINTS_OF_LINE, MOST_POINTS = 16.5, 409  # of the height of a row, the most that the format has
CENTIMETRE = 1 / 2.54  # in inches
TITLE, HEADER = Font(bold=True, size=14), Font(bold=True)
SHADE = PatternFill("solid", start_color="E8EDF3")
LINE = Side(style="thin", color="BFC7D1")
BOX = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
WRAPPED = Alignment(wrap_text=True, vertical="top")
REJECTED = (
    ("source_ref", "出处", 16), ("reason_code", "原因代码", 18), ("message_zh", "说明", 60), ("next_step_zh", "下一步", 60),
    ("raw_text", "原文", 60),
)  # fmt: skip


def write(listed: FindingList, path: Path, build_id: str, built_at: datetime) -> None:
    workbook = Workbook(write_only=True)
    _write_findings(workbook.create_sheet("问题清单"), listed)
    if listed.rejections:
        _write_rejections(workbook.create_sheet("未入库内容"), listed)
    _write_notes(workbook.create_sheet("说明"), listed, build_id, built_at)
    save(workbook, path, built_at)


def _write_findings(sheet: WriteOnlyWorksheet, listed: FindingList) -> None:
    last_row = HEADER_ROW + sum(listed.counts.values())
    _set_page(sheet, [column.width for column in COLUMNS])
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{get_column_letter(len(COLUMNS))}{last_row}"
    sheet.append([_cell(sheet, listed.title, TITLE)])
    sheet.append([_cell(sheet, column.zh, HEADER, SHADE) for column in COLUMNS])
    cells = [_column(sheet, column.data_type) for column in COLUMNS]
    blank = _cell(sheet, None)  # has its lines: somebody writes in it by hand
    for number, finding in enumerate(listed.findings, HEADER_ROW + 1):
        values = [column.value(finding) for column in COLUMNS]
        _set_height(sheet, number, values, [column.width for column in COLUMNS])
        sheet.append([cell.of(value) or blank for cell, value in zip(cells, values, strict=True)])


def _write_rejections(sheet: WriteOnlyWorksheet, listed: FindingList) -> None:
    widths = [width for _, _, width in REJECTED]
    _set_page(sheet, widths)
    sheet.append([_cell(sheet, f"{listed.title}：没有读入的部分", TITLE)])
    sheet.append([_cell(sheet, name, HEADER, SHADE) for _, name, _ in REJECTED])
    cells = [_column(sheet) for _ in REJECTED]
    blank = _cell(sheet, None)
    for number, row in enumerate(listed.rejections, HEADER_ROW + 1):
        values = [row[name] for name, _, _ in REJECTED]
        _set_height(sheet, number, values, widths)
        sheet.append([cell.of(value) or blank for cell, value in zip(cells, values, strict=True)])


def _set_height(sheet: WriteOnlyWorksheet, number: int, values: list, widths: list[int]) -> None:
    """Give a row, before it is written, room for its longest text: not every program does so where a file says nothing of it."""
    counts = [_line_count(value, width) for value, width in zip(values, widths, strict=True) if isinstance(value, str)]
    sheet.row_dimensions[number].height = min(max(counts, default=1) * POINTS_OF_LINE, MOST_POINTS)


def _line_count(text: str, width: int) -> int:
    return sum(columns_of(line) // width + 1 for line in text[:MOST_CHARACTERS].split("\n"))


def _write_notes(sheet: WriteOnlyWorksheet, listed: FindingList, build_id: str, built_at: datetime) -> None:
    set_widths(sheet, [120])
    cell = Cells(sheet, alignment=WRAPPED)
    for line in (listed.title, *notes(built_at, build_id, listed.document["source_url"])):
        sheet.append([cell.of(line)])


def _set_page(sheet: WriteOnlyWorksheet, widths: list[int]) -> None:
    set_widths(sheet, [width + 1 for width in widths])
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    sheet.print_title_rows = f"1:{HEADER_ROW}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    for side in ("left", "right", "top", "bottom"):
        setattr(sheet.page_margins, side, CENTIMETRE)
    sheet.oddFooter.center.text = "&P / &N"


def _column(sheet: WriteOnlyWorksheet, data_type: str = "VARCHAR") -> Cells:
    cells = Cells(sheet, data_type, WRAPPED)
    cells.plain.border = cells.quoted.border = BOX
    if data_type.startswith("DECIMAL"):
        cells.plain.number_format = "#,##0.00"
    return cells


def _cell(sheet: WriteOnlyWorksheet, text: str | None, font: Font | None = None, fill: PatternFill | None = None):
    cell = WriteOnlyCell(sheet)
    if text is not None:
        cell = Cells(sheet).of(text)
    if font:
        cell.font = font
    if font is not TITLE:
        cell.border, cell.alignment = BOX, WRAPPED
    if fill:
        cell.fill = fill
    return cell
