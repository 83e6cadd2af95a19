"""One form as table rows, to be printed in a format, and what staging holds of it when it is read as text."""

from ingest.grid import Grid
from ingest.staging.rows import document_rows
from tests.support.reading import read as read_as_text

HEADING = "1.监测绩效目标表"
ROWS = [
    ["项目编码", "13022523P00L02410032K", "", "项目名称", "", "", "监测"],
    ["预算规模及资金用途", "预算数", "20.00", "其中：财政资金", "20.00", "其他资金", ""],
    ["", "用于监测，含运维。", "", "", "", "", ""],
    ["资金支出计划（%）", "3月底", "6月底", "10月底", "12月底", "", ""],
    ["", "25", "50", "75", "100", "", ""],
    ["绩效目标", "1.完成监测", "", "", "", "", ""],
    ["一级指标", "二级指标", "三级指标", "绩效指标描述", "", "指标值", "指标值确定依据"],
    ["产出指标", "数量指标", "监测次数", "全年监测", "", "≥12次", "计划"],
    ["", "质量指标", "达标率", "达标<比率>", "", "≥95%", "=标准()"],
]
TEXT = f"{HEADING}\n\n" + "\n".join("\t".join(row).rstrip("\t") for row in ROWS)
TABLES = ("project", "plan_point", "goal", "indicator", "rejection")


def values(grid: Grid) -> dict[str, list[dict]]:
    """What a grid gives for the tables of forms, places left out."""
    rows, _ = document_rows("0" * 16, "document.txt", grid)
    return {name: [_placeless(row) for row in rows[name]] for name in TABLES}


def expected() -> dict[str, list[dict]]:
    """The same of its text."""
    rows = read_as_text(TEXT)
    assert (len(rows["project"]), len(rows["indicator"])) == (1, 2)
    return {name: [_placeless(row) for row in rows[name]] for name in TABLES}


def _placeless(row: dict) -> dict:
    return {column: value for column, value in row.items() if not column.endswith("source_ref")}
