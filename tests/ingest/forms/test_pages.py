"""Forms as web pages print them, with cells merged down and borders dragged: from the bytes to the rows."""

from ingest.readers.html import reader as html
from tests.support.layouts import read

HEAD = (
    "<tr><td colspan=5>479002乐亭县城管局</td><td colspan=2>单位：万元</td></tr>"
    "<tr><td>项目编码</td><td colspan=2>13022523P00L02410032K</td><td>项目名称</td><td colspan=3>路灯维护</td></tr>"
    "<tr><td rowspan=2>预算规模及资金用途</td><td>预算数</td><td>20.00</td><td>其中：财政资金</td><td>18.00</td>"
    "<td>其他资金</td><td>2.00</td></tr><tr><td colspan=6>维修路灯。</td></tr>"
    "<tr><td rowspan=2>资金支出计划（%）</td><td colspan=2>3月底</td><td>6月底</td><td>10月底</td><td colspan=2>12月底</td></tr>"
    "<tr><td colspan=2>25%</td><td>50%</td><td>75%</td><td colspan=2>100%</td></tr>"
    "<tr><td rowspan=2>绩效目标</td><td colspan=3>长期目标（2023年—2025年）</td><td colspan=3>年度目标</td></tr>"
    "<tr><td colspan=3>建成路灯智能管理体系</td><td colspan=3>路灯常亮</td></tr>"
)
LABELS = ("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据")
NAMES = ("level1_text", "level2_text", "level3_text", "description_text", "target_text", "basis_text")


def page(*rows: str) -> dict[str, list[dict]]:
    table = "".join(f"<tr>{row}</tr>" for row in rows)
    content = f"<html><meta charset=utf-8><p>1.路灯维护绩效目标表<table>{HEAD}</table><p></p><table>{table}</table>"
    return read(html.read(content.encode()))


def cells(*texts: str, columns: tuple[int, ...] = ()) -> str:
    spans = columns or (1,) * len(texts)
    return "".join(f"<td colspan={span}>{text}</td>" for text, span in zip(texts, spans, strict=True))


def indicators(rows: dict) -> list[tuple]:
    return [tuple(row[name] for name in NAMES) for row in rows["indicator"]]


def test_a_target_and_a_basis_merged_down_stand_on_every_row():
    rows = page(
        cells(*LABELS),
        "<td rowspan=2>产出指标</td><td>数量指标</td><td>路灯完好率</td><td>完好的比率</td><td rowspan=2>≥95%</td>"
        "<td rowspan=4>路灯养护规范</td>",
        "<td>质量指标</td><td>维修合格率</td><td>合格的比率</td>",
        "<td>效益指标</td><td>社会效益指标</td><td>亮灯率</td><td>夜间亮灯率</td><td>≥98%</td>",
        "<td>满意度指标</td><td>服务对象满意度指标</td><td>居民满意度</td><td>居民满意度</td><td>≥90%</td>",
    )
    assert [(row["target_text"], row["target_source_ref"]) for row in rows["indicator"]] == [
        ("≥95%", "t2.r2.c5"), ("≥95%", "t2.r2.c5"), ("≥98%", "t2.r4.c5"), ("≥90%", "t2.r5.c5"),
    ]  # fmt: skip
    assert {row["basis_text"] for row in rows["indicator"]} == {"路灯养护规范"}
    assert rows["rejection"] == []


def test_rows_whose_borders_were_dragged_are_read_by_order():
    dragged = (1, 2, 2, 2, 2, 3)
    printed = [
        ("产出指标", "成本指标", "单盏成本", "单盏维修成本", "≤300元", "合同"),
        ("", "质量指标", "合格率", "维修合格率", "≥95%", "规范"),
        ("满意度指标", "服务对象满意度指标", "居民满意度", "居民满意度", "≥90%", "问卷"),
    ]
    rows = page(cells(*LABELS, columns=(2,) * 6), *(cells(*row, columns=dragged) for row in printed))
    assert indicators(rows) == [(row[0] or "产出指标", *row[1:]) for row in printed]
    assert (rows["rejection"], rows["observation"]) == ([], [])


def test_goals_of_two_kinds_side_by_side_are_two_goals():
    rows = page(cells(*LABELS), cells("产出指标", "数量指标", "路灯数量", "维修的路灯数", "≥100盏", "计划"))
    assert [row["goal_text"] for row in rows["goal"]] == ["建成路灯智能管理体系", "路灯常亮"]
    assert len(rows["indicator"]) == 1


def test_a_word_for_an_amount_below_a_cut_belongs_to_its_label():
    """So does one before a purpose whose blank first cell another cut parts from it."""
    head = "\t项目编码\n\t13022523P00L02410032K\n\t项目名称\n\t路灯维护\n\n\t预算规模及资金用途\n\t预算数\n\t20.00\n"
    money = "\t其中：财政资金\n\t20.00\n\t其他资金\n\n— 60 —\n\n\t待定\n\n\t\n\n\t维修路灯。\n\n"
    rows = read(head + money + "\t绩效目标\n\t路灯常亮\n")
    (project,) = rows["project"]
    assert (project["other_funds_text"], project["purpose_text"]) == ("待定", "维修路灯。")


def test_a_label_over_three_lines_takes_no_value_of_its_row():
    """资 / 金支出计划 beside the months / （%） beside the values: 12月底（%） would be a label too."""
    plan = "资\n金支出计划\t3月底\t\t6月底\t\t10月底\t12月底\n（%）\t25%\t\t50%\t\t75%\t100%\n"
    head = "项目编码\t13022523P00L02410032K\t\t项目名称\t路灯维护\t\t\n"
    money = "预算规模及资金用途\t预算数\t20.00\t其中：财政资金\t20.00\t其他资金\t\n\t维修路灯。\t\t\t\t\t\n"
    rows = read(head + money + plan + "绩效目标\t1.路灯常亮\t\t\t\t\t\n")
    assert [row["value_text"] for row in rows["plan_point"]] == ["25%", "50%", "75%", "100%"]
