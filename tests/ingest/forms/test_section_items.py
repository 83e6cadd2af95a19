"""Part one as items: ordinals, labels, levels, headings, and lines that a cut left in pieces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.vocabulary.ordinals import KINDS, ordinal_of
from tests.support.layouts import FORM, as_cells
from tests.support.reading import at_ref, read, squeezed

HEAD = "第一部分\n部门整体绩效目标\n\n{heading}\n"
PARTS = ("ordinal_text", "label_text", "separator_text", "item_text")


def document(lines: list[str], heading: str = "二、分项绩效目标") -> str:
    return HEAD.format(heading=heading) + "\n".join(lines) + "\n\n第二部分\n预算项目绩效目标\n\n" + as_cells(FORM)


def items(lines: list[str], heading: str = "二、分项绩效目标") -> list[dict]:
    return read(document(lines, heading))["section_item"]


def said(lines: list[str], code: str, heading: str = "二、分项绩效目标") -> list[str]:
    rows = read(document(lines, heading))["observation"]
    return [row["evidence_text"] for row in rows if row["observation_code"] == code]


def outline(lines: list[str]) -> list[str]:
    """Each item as its parent, a heading's sign, and its text."""
    return [
        f"{row['parent_item_no'] or '-'}{'#' if row['is_heading'] else ' '}{''.join(filter(None, map(row.get, PARTS)))}"
        for row in items(lines)
    ]


@pytest.mark.parametrize(
    ("text", "kind", "printed", "number"),
    [
        ("一、规划", "chinese", "一、", 1), ("二十一、规划", "chinese", "二十一、", 21), ("九十九.规划", "chinese", "九十九.", 99),
        ("（一）规划", "chinese_bracket", "（一）", 1), ("(一）规划", "chinese_bracket", "(一）", 1),
        ("（十一）规划", "chinese_bracket", "（十一）", 11), ("三)规划", "chinese_bracket", "三)", 3),
        ("㈡规划", "chinese_bracket", "㈡", 2), ("1.规划", "arabic", "1.", 1), ("1、规划", "arabic", "1、", 1),
        ("１．规划", "arabic", "１．", 1), ("12 、规划", "arabic", "12 、", 12), ("⒉规划", "arabic", "⒉", 2),
        ("1.2024年完成规划", "arabic", "1.", 1), ("（1）规划", "arabic_bracket", "（1）", 1), ("⑵规划", "arabic_bracket", "⑵", 2),
        ("3）规划", "arabic_bracket", "3）", 3), ("①规划", "circle", "①", 1), ("❸规划", "circle", "❸", 3),
        ("一是规划", "word", "一是", 1), ("二要规划", "word", "二要", 2), ("第三，规划", "word", "第三，", 3),
        ("其二，规划", "word", "其二，", 2), ("首先，规划", "word", "首先，", 1), ("最后，规划", "word", "最后，", None),
        ("一、三产融合发展", "chinese", "一、", 1),
    ],
)  # fmt: skip
def test_an_ordinal_is_known_by_its_kind_and_number(text, kind, printed, number):
    assert ordinal_of(text) == (kind, printed, number)
    assert kind in KINDS


@pytest.mark.parametrize(
    "text",
    [
        "2024年规划", "1.5万亩", "2-3个项目", "1:1000地形图", "10kV线路", "一体化发展",
        "一、二、三产业融合", "一、二产业", "1、2号泵站",
        "十十、规划", "第一产业", "第一季度", "（2023）12号文", "一方面，规划", "三年行动", "",
    ],
)  # fmt: skip
def test_what_only_looks_like_an_ordinal_is_text(text):
    assert ordinal_of(text) is None


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        # a new kind is deeper, a known kind goes back to its level
        (["一、规划", "（一）编制", "1.起草", "（二）评审", "二、投资"],
         ["-#一、规划", "1#（一）编制", "2 1.起草", "1 （二）评审", "- 二、投资"]),
        (["1.规划", "一是起草。", "二是评审。", "2.投资"], ["-#1.规划", "1 一是起草。", "1 二是评审。", "- 2.投资"]),
        # paragraphs stand below the innermost item, headings are short and one sentence
        (["（一）规划", "编制规划。", "评审规划。"], ["-#（一）规划", "1 编制规划。", "1 评审规划。"]),
        (["（一）规划。编制规划。", "评审规划。"], ["- （一）规划。编制规划。", "1 评审规划。"]),
        (["编制规划。", "（一）规划"], ["- 编制规划。", "- （一）规划"]),
        # labels stand below their duty, numbers below their label
        (["（一）规划", "绩效目标：可行。", "绩效指标：完成率95%。"],
         ["-#（一）规划", "1 绩效目标：可行。", "1 绩效指标：完成率95%。"]),
        (["（一）规划", "绩效指标：", "（1）完成率95%。", "（2）数量3篇。", "绩效标准：优。"],
         ["-#（一）规划", "1 绩效指标：", "2 （1）完成率95%。", "2 （2）数量3篇。", "1 绩效标准：优。"]),
        (["（一）规划", "1.绩效目标是可行。", "2.绩效指标为完成率。"],
         ["-#（一）规划", "1 1.绩效目标是可行。", "1 2.绩效指标为完成率。"]),
        # a label at the top says what its paragraph is, and no more
        (["总体目标：可行。", "（一）规划。", "（二）投资。"], ["- 总体目标：可行。", "- （一）规划。", "- （二）投资。"]),
        # paragraphs that begin with a TAB; a row of a table is one text
        (["\t编制规划。", "\t一、规划", "\t完成率95%。", "\t二、投资"], ["- 编制规划。", "-#一、规划", "2 完成率95%。", "- 二、投资"]),
        (["\t1.规划", "\t可行", "\t完成率95%"], ["- 1.规划\t可行\t完成率95%"]),
        # labels behind an ordinal, a heading or another label in one paragraph
        (["（一）规划。绩效目标：可行。绩效指标：完成率95%。"],
         ["-#（一）规划。", "1 绩效目标：可行。", "1 绩效指标：完成率95%。"]),
        (["一是规划活动：绩效目标是可行；绩效指标是完成率。"], ["-#一是规划活动：", "1 绩效目标是可行；", "1 绩效指标是完成率。"]),
        (["绩效目标：可行。绩效指标：完成率。"], ["- 绩效目标：可行。", "- 绩效指标：完成率。"]),
        (["（一）规划。实现绩效目标为先。"], ["- （一）规划。实现绩效目标为先。"]),
        # headings without a number stand beside those with one
        (["一、规划职责：", "一是编制活动：", "绩效目标：可行。", "投资职责：", "绩效目标：可行。", "三、评审职责"],
         ["-#一、规划职责：", "1#一是编制活动：", "2 绩效目标：可行。", "-#投资职责：", "4 绩效目标：可行。", "- 三、评审职责"]),
        (["规划", "绩效目标：可行。", "绩效指标：完成率。", "投资", "绩效目标：可行。"],
         ["-#规划", "1 绩效目标：可行。", "1 绩效指标：完成率。", "-#投资", "4 绩效目标：可行。"]),
        (["（一）规划", "绩效目标：可行。", "投资", "绩效目标：可行。"],
         ["-#（一）规划", "1 绩效目标：可行。", "-#投资", "3 绩效目标：可行。"]),
        # an activity behind the labels of its duty
        (["一、规划", "绩效目标：可行。", "（一）编制", "绩效目标：按时。"],
         ["-#一、规划", "1 绩效目标：可行。", "1#（一）编制", "3 绩效目标：按时。"]),
        # the heading of the section once more
        (["分项绩效目标", "1.规划。"], ["-#分项绩效目标", "- 1.规划。"]),
    ],
)  # fmt: skip
def test_an_item_stands_below_what_it_belongs_to(lines, wanted):
    assert outline(lines) == wanted


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (["编制规划，", "评审规划。"], ["编制规划，评审规划。"]),  # a comma ends no paragraph
        (["（一）", "编制规划。"], ["（一）编制规划。"]),
        (["（十", "一）编制规划。"], ["（十一）编制规划。"]),
        (["绩效目标：", "编制规划。"], ["绩效目标：编制规划。"]),
        (["编制规划。加强项目谋划和储", "", "备。评审规划。"], ["编制规划。加强项目谋划和储备。评审规划。"]),
        (["编制规划。加强项目谋划和储备工作并按时", "", "- 3 -", "", "提交年度计划。"],
         ["编制规划。加强项目谋划和储备工作并按时提交年度计划。"]),
        (["（一）编制规划，强化项目管理", "", "按照要求编制。"], ["（一）编制规划，强化项目管理", "按照要求编制。"]),
        (["编制规划。", "", "评审规划。"], ["编制规划。", "评审规划。"]),
        (["规划", "投资"], ["规划", "投资"]),
        (["编制规划；", "", "一是评审。"], ["编制规划；", "一是评审。"]),
        (["一是坚持“山水林田", "", "湖草”治理。"], ["一是坚持“山水林田湖草”治理。"]),  # a quotation goes on
        (["（一）落实《开平区国民经济和社会发展", "", "规划》。"], ["（一）落实《开平区国民经济和社会发展规划》。"]),
        (["（一）落实县级政府债务（含隐性债务和", "", "专项债务）管理。"], ["（一）落实县级政府债务（含隐性债务和专项债务）管理。"]),
    ],
)  # fmt: skip
def test_what_is_cut_is_joined(lines, wanted):
    assert ["".join(filter(None, map(row.get, PARTS))) for row in items(lines)] == wanted


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (["一是规划。", "一是投资。", "二是评审。"], ["一是 → 一是"]),
        (["（一）规划。", "（二）投资。", "（一）评审。"], ["（二） → （一）"]),
        (["（一）规划。", "（三）投资。"], ["（一） → （三）"]),
        (["2.规划。", "3.投资。"], ["2."]),
        (["一、规划。", "二、投资。"], ["二、 → 一、"]),  # the kind of the section's own heading
        (["1.规划", "（1）起草。", "2.投资", "（1）起草。"], []),
        (["首先，规划。", "其次，投资。", "最后，评审。"], []),
        (["（一）规划职责", "绩效目标：可行。", "投资职责", "绩效目标：可行。", "（三）评审职责", "绩效目标：可行。"], []),
    ],
)  # fmt: skip
def test_slips_of_numbers_are_kept_and_said(lines, wanted):
    assert said(lines, "numbering_slip") == wanted


@pytest.mark.parametrize(
    "lines",
    [
        ["（一）以招商引资为关键点，全面发力抓精准招商力促经济", "", "增长呈现新亮点。"],
        ["编制规划。加强项目谋划和储备工作并按时", "", "提交年度计划。"],
        ["编制规划，加强项目谋划和储备工作并按时", "", "提交年度计划。"],
        ["绩效目标：保障全区粮食安全", "", "完成储备任务。"],
    ],
)
def test_what_the_print_leaves_open_is_said(lines):
    before, rest = lines[0], lines[-1]
    assert said(lines, "cut_paragraph") == [f"{before[-20:]}\n{rest[:20]}"]


HALF, REST = "3.加强路灯维修，做到及时发现、及时处置，全年", "完成投资二十万元。"


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (["1.编制规划。", "2.评审规划。", HALF, "", REST, "4.投资。"], ["1.编制规划。", "2.评审规划。", HALF + REST, "4.投资。"]),
        ([HALF.replace("3", "1"), "", "完成", "", REST, "2.投资。"], [HALF.replace("3", "1") + "完成" + REST, "2.投资。"]),
        (["1.编制规划。", HALF, "", REST, HALF, "", REST], ["1.编制规划。", HALF + REST, HALF + REST]),
        # of items on a deeper level, the last one before the next number above it
        (["一、规划", "1.编制。", "二、投资", HALF, "", REST], ["一、规划", "1.编制。", "二、投资", HALF + REST]),
        # the items beside it are headings, or show nothing
        (["1.规划", "编制规划。", "2.评审规划。", HALF, "", REST], ["1.规划", "编制规划。", "2.评审规划。", HALF, REST]),
        (["1.规划", "（1）编制。", "2.评审", "（1）评审。", HALF, "", REST],
         ["1.规划", "（1）编制。", "2.评审", "（1）评审。", HALF, REST]),
        (["1.编制规划。", "编制。", "2.评审规划。", HALF, "", REST], ["1.编制规划。", "编制。", "2.评审规划。", HALF, REST]),
        (["（1）编制规划。", "（2）评审规划。", HALF, "", REST], ["（1）编制规划。", "（2）评审规划。", HALF, REST]),
        (["编制。", HALF, "", REST], ["编制。", HALF, REST]),
    ],
)  # fmt: skip
def test_a_numbered_line_goes_on_where_its_siblings_are_sentences(lines, wanted):
    assert ["".join(filter(None, map(row.get, PARTS))) for row in items(lines)] == wanted
    assert said(lines, "cut_paragraph")


# Properties

TEXTS = st.sampled_from(
    ("规划。", "编制规划，", "投资", "加强项目谋划和储备工作", "职责：", "绩效目标", "完成率95%。", "12")
)
BEGINNINGS = st.sampled_from(
    (
        "",
        "\t",
        "\t二、",
        "一、",
        "二、",
        "（一）",
        "（三）",
        "1.",
        "2、",
        "（1）",
        "①",
        "一是",
        "绩效目标：",
        "绩效指标是",
        "（一）绩效标准：",
        "（",
    )
)
LINES = st.lists(
    st.one_of(st.just(""), st.just("- 3 -"), st.builds("".join, st.tuples(BEGINNINGS, TEXTS, TEXTS))), min_size=1
)


@given(LINES)
def test_the_items_are_the_section_and_stand_where_they_say(lines):
    text = document(lines)
    rows = read(text)
    body = squeezed("".join(row["body_text"] or "" for row in rows["section"]))
    assert squeezed("".join(part for row in rows["section_item"] for part in map(row.get, PARTS) if part)) == body
    for row in rows["section_item"]:
        assert squeezed("".join(filter(None, map(row.get, PARTS)))) in at_ref(text, row["source_ref"])


@given(LINES)
def test_every_item_stands_below_an_earlier_one(lines):
    rows = items(lines)
    levels = {(row["section_no"], row["item_no"]): row["item_level"] for row in rows}
    for row in rows:
        above = levels.get((row["section_no"], row["parent_item_no"]), 0)
        assert row["item_level"] == above + 1
        assert row["parent_item_no"] is None or row["parent_item_no"] < row["item_no"]
