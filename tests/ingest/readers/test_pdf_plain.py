"""Forms that a PDF prints without rules: read where the columns are plain, else reported."""

import io
from collections.abc import Callable

import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from ingest.grid import TEXT
from ingest.readers.pdf import reader as pdf
from ingest.staging.rows import document_rows

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
WRAPPED = ParagraphStyle("wrapped", fontName=FONT, fontSize=9, leading=12, wordWrap="CJK")
HEAD_WIDTHS, INDICATOR_WIDTHS = [90, 70, 70, 90, 70, 70, 60], [70, 90, 90, 110, 70, 90]
LEVELS = [
    ("产出指标", "数量指标"),
    ("", "质量指标"),
    ("效益指标", "社会效益指标"),
    ("满意度指标", "服务对象满意度指标"),
]
LONG = "路灯完好率的描述比较长所以要换行显示的文字"


def written(forms: int, rows: int, description: str, valign: str, align: str, is_ruled: bool = False) -> bytes:
    common = [
        ("FONT", (0, 0), (-1, -1), FONT, 9),
        ("VALIGN", (0, 0), (-1, -1), valign),
        ("ALIGN", (0, 0), (-1, -1), align),
    ]
    if is_ruled:
        common.append(("GRID", (0, 0), (-1, -1), 0.5, (0, 0, 0)))
    merged = [
        ("SPAN", first, last)
        for first, last in (
            ((0, 0), (4, 0)), ((5, 0), (6, 0)), ((1, 1), (2, 1)), ((4, 1), (6, 1)), ((0, 2), (0, 3)), ((1, 3), (6, 3)),
            ((0, 4), (0, 5)), ((1, 4), (2, 4)), ((5, 4), (6, 4)), ((1, 5), (2, 5)), ((5, 5), (6, 5)), ((1, 6), (6, 6)),
        )
    ]  # fmt: skip
    cell: Callable[[str], object] = (lambda text: Paragraph(text, WRAPPED)) if len(description) > 10 else str
    story: list = []
    for number in range(1, forms + 1):
        head = [
            ["479002乐亭县城管局", "", "", "", "", "单位：万元", ""],
            ["项目编码", f"13022523P00L0241003{number}K", "", "项目名称", f"路灯维护{number}", "", ""],
            ["预算规模及资金用途", "预算数", "20.00", "其中：财政资金", "18.00", "其他资金", "2.00"],
            ["", "维修路灯，更换全县老旧路灯设施。", "", "", "", "", ""],
            ["资金支出计划（%）", "3月底", "", "6月底", "10月底", "12月底", ""],
            ["", "25%", "", "50%", "75%", "100%", ""],
            ["绩效目标", "1.路灯常亮", "", "", "", "", ""],
        ]
        indicators: list[list] = [["一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据"]]
        for at in range(rows):
            indicators.append([*LEVELS[min(at, 3)], f"完好率{at}", cell(description), "≥95%", "规范"])
        story += [Paragraph(f"{number}.路灯维护{number}绩效目标表", WRAPPED)]
        story += [Table(head, HEAD_WIDTHS, style=common + merged), Spacer(1, 8)]
        story += [Table(indicators, INDICATOR_WIDTHS, style=common), Spacer(1, 20)]
    held = io.BytesIO()
    SimpleDocTemplate(held, leftMargin=30, rightMargin=30).build(story)
    return held.getvalue()


def values(content: bytes) -> dict[str, list[dict]]:
    rows, _ = document_rows("0" * 16, "document", pdf.read(content))
    return {
        name: [{column: value for column, value in row.items() if "source_ref" not in column} for row in rows[name]]
        for name in ("project", "plan_point", "goal", "indicator", "rejection")
    }


@pytest.mark.parametrize(
    ("forms", "rows", "description", "valign", "align"),
    [
        (1, 3, "完好率", "MIDDLE", "LEFT"),
        (1, 3, "完好率", "BOTTOM", "LEFT"),
        (1, 3, "完好率", "TOP", "LEFT"),
        (1, 4, "完好率", "MIDDLE", "CENTER"),
        (3, 9, "完好率", "MIDDLE", "CENTER"),  # over pages
        (3, 9, LONG, "TOP", "LEFT"),  # cells of several lines
    ],
)
def test_a_form_without_rules_is_read_as_with_them(forms, rows, description, valign, align):
    found = values(written(forms, rows, description, valign, align))
    assert found == values(written(forms, rows, description, valign, align, is_ruled=True))
    assert (len(found["project"]), len(found["indicator"]), found["rejection"]) == (forms, forms * rows, [])


def test_cells_of_several_lines_that_nothing_tells_from_rows_are_reported():
    found = values(written(1, 3, LONG, "MIDDLE", "LEFT"))
    assert found["indicator"] == []
    assert len(found["rejection"]) > 3


def test_a_page_without_labels_has_no_table():
    held = io.BytesIO()
    story = [Table([["甲", "乙", "丙"], ["一", "二", "三"]], [90, 90, 90], style=[("FONT", (0, 0), (-1, -1), FONT, 9)])]
    SimpleDocTemplate(held).build(story)
    assert set(pdf.read(held.getvalue()).kinds) == {TEXT}
