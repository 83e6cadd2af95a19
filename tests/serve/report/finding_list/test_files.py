"""A list of findings as XLSX and DOCX, read back by their ordinary readers."""

from decimal import Decimal
from zipfile import ZipFile

import openpyxl
import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

HEADERS = ["序号", "项目（编码）", "金额（元）", "级别", "规则", "指标", "原文", "问题", "出处", "修改意见", "处理情况"]
# What a row must say, in the order of reading, by a query of its own.
EXPECTED = """
    select
        row_number() over (order by project_no nulls first, position(left(finding.severity, 1) in 'ewi'),
            finding.indicator_no nulls first, rule_id, finding_id),
        case when project_id is null then '文件整体' else project_name || '（' || project_code || '）' end,
        budget_cny,
        case finding.severity when 'error' then '错误' when 'warning' then '警告' else '提示' end,
        rule_id || ' ' || rule_name,
        trim(coalesce(finding.indicator_no || '', '') || ' ' || coalesce(indicator_name, '')),
        coalesce(evidence_text, ''),
        finding.source_ref
    from quality.finding
    join quality.rule using (rule_id)
    left join marts.dim_project using (project_id)
    left join marts.fct_project_budget using (project_id)
    left join marts.fct_indicator_target using (project_id, indicator_no)
    where finding.document_id = ?
    order by 1
"""


@pytest.fixture(scope="module")
def documents(connection) -> list[str]:
    return [name for (name,) in connection.execute("select document_id from marts.dim_document order by 1").fetchall()]


def test_each_document_has_both_files(report, documents):
    names = {path.name for path in (report / "document").iterdir()}
    assert names == {f"{name}{suffix}" for name in documents for suffix in (".html", ".xlsx", ".docx")}


def test_the_sheet_says_what_the_query_says(report, documents, connection):
    for name in documents:
        sheet = openpyxl.load_workbook(report / "document" / f"{name}.xlsx")["问题清单"]
        header, *rows = list(sheet.iter_rows(min_row=2, values_only=True))
        assert list(header) == HEADERS
        said = [
            (row[0], row[1], None if row[2] is None else Decimal(str(row[2])), row[3], row[4], row[5] or "", row[6] or "", row[8])
            for row in rows
        ]  # fmt: skip
        assert said == connection.execute(EXPECTED, [name]).fetchall()
        assert {row[9:] for row in rows} == {(None, None)}


def test_the_sheet_filters_stays_in_sight_and_prints_on_a4_landscape(report, documents):
    sheet = openpyxl.load_workbook(report / "document" / f"{documents[0]}.xlsx")["问题清单"]
    assert sheet.freeze_panes == "A3" and sheet.print_title_rows == "$1:$2"
    assert sheet.auto_filter.ref == f"A2:K{sheet.max_row}"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (
        sheet.page_setup.fitToWidth == 1
        and sheet.page_setup.fitToHeight == 0
        and sheet.sheet_properties.pageSetUpPr.fitToPage
    )
    widths = {letter: sheet.column_dimensions[letter].width for letter in "ABCDEFGHIJK"}
    assert min(widths.values()) >= 5 and max(widths.values()) <= 40
    assert sheet["G3"].alignment.wrap_text and sheet["C10"].number_format == "#,##0.00"


def test_the_text_to_edit_says_what_the_query_says(report, documents, connection):
    for name in documents:
        (table, *_) = Document(report / "document" / f"{name}.docx").tables
        header, *rows = [[text_of(cell) for cell in row.iter(qn("w:tc"))] for row in table._tbl.iter(qn("w:tr"))]
        assert header == HEADERS
        said = [(*row[:7], row[8]) for row in rows]
        wanted = [
            (str(number), subject, "" if money is None else f"{money:,.2f}", *rest)
            for number, subject, money, *rest in connection.execute(EXPECTED, [name]).fetchall()
        ]
        assert said == wanted


def text_of(cell) -> str:
    return "".join(part.text or "" if part.tag == qn("w:t") else "\n" for part in cell.iter(qn("w:t"), qn("w:br")))


def test_the_text_is_a4_landscape_and_repeats_its_header(report, documents):
    document = Document(report / "document" / f"{documents[0]}.docx")
    (section,) = document.sections
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    first, second, *_ = document.tables[0]._tbl.tr_lst
    assert first.trPr.find(qn("w:tblHeader")) is not None and second.trPr.find(qn("w:tblHeader")) is None
    assert second.trPr.find(qn("w:cantSplit")) is not None
    widths = [int(column.get(qn("w:w"))) for column in document.tables[0]._tbl.tblGrid]
    assert sum(widths) * 635 <= section.page_width - section.left_margin - section.right_margin


def test_no_file_refers_to_another_one(report, documents):
    """No link, no template, no picture that an office program would fetch."""
    for name in documents:
        for suffix in (".xlsx", ".docx"):
            with ZipFile(report / "document" / f"{name}{suffix}") as archive:
                assert not [part for part in archive.namelist() if b'TargetMode="External"' in archive.read(part)]


def test_both_files_say_what_they_were_made_from(report, documents, connection):
    (build_id,) = connection.execute("select build_id from meta.build").fetchone()
    sheet = openpyxl.load_workbook(report / "document" / f"{documents[0]}.xlsx")["说明"]
    assert any(build_id in str(row[0]) for row in sheet.iter_rows(values_only=True))
    paragraphs = Document(report / "document" / f"{documents[0]}.docx").paragraphs
    assert any(build_id in paragraph.text for paragraph in paragraphs)
