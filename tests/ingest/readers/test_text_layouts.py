"""Tables of a text in Markdown, as CSV, and with columns apart by blanks: read as those between TABs."""

import pytest

from ingest.grid import TEXT
from ingest.readers.text import reader as text_reader
from tests.support import layouts
from tests.support.layouts import FORM, HEADER, OTHER_CODE, _, inserted, read, replaced, texts

PLAIN = texts(layouts.as_table(FORM))


def as_semicolons(rows) -> str:
    return layouts.as_csv(rows, ";")


def as_narrow_blanks(rows) -> str:
    return layouts.as_blanks(rows, is_wide=False)


DRAWN = (layouts.as_markdown, layouts.as_csv, as_semicolons, layouts.as_blanks, as_narrow_blanks)


def characters(text: str) -> int:
    return len("".join(text.split()))


@pytest.mark.parametrize("layout", DRAWN)
def test_a_form_is_read_as_between_tabs(layout):
    rows = read(layout(FORM))
    assert texts(layout(FORM)) == PLAIN
    assert rows["rejection"] == []


@pytest.mark.parametrize("layout", DRAWN)
def test_two_forms_and_what_stands_before_them(layout):
    title = [["2023年部门预算绩效文本"], ["第二部分 预算项目绩效目标"]]
    rows = read(layout([*title, *FORM, *replaced(OTHER_CODE)]))
    assert [row["project_name"] for row in rows["project"]] == ["路灯维护", "绿化养护"]
    assert (len(rows["indicator"]), rows["rejection"]) == (8, [])


@pytest.mark.parametrize("layout", DRAWN)
def test_every_character_is_counted_once(layout):
    text = layout(FORM)
    ledger = {row["line_role"]: row["character_count"] for row in read(text)["line_ledger"]}
    assert sum(ledger.values()) == characters(text)
    assert ledger["unexplained"] == 0


@pytest.mark.parametrize("layout", DRAWN)
@pytest.mark.parametrize(
    "rows",
    [
        replaced({"25%": "", "≥95%": "", "计划": ""}),
        replaced({"2.00": "", "13022523P00L02410032K": ""}),
        inserted(10, [_, _, "灯杆数量", "维修的灯杆数", _, "≥9根", "计划"]),
    ],
)
def test_blank_cells_stay_where_they_are(rows, layout):
    assert texts(layout(rows)) == texts(layouts.as_table(rows))


def test_the_place_of_a_value_is_its_line_and_column():
    for layout in DRAWN:
        text = layout(FORM)
        line = next(number for number, printed in enumerate(text.split("\n"), 1) if "路灯数量" in printed)
        assert read(text)["indicator"][0]["source_ref"] == f"L{line}"
    rows = read(layouts.as_csv(FORM))
    assert rows["indicator"][0]["target_source_ref"] == f"L{HEADER + 2}.c6"


@pytest.mark.parametrize("layout", DRAWN[:3])
def test_lines_inside_a_cell_are_kept(layout):
    rows = replaced({"1.路灯常亮": "1.路灯常亮\n2.节约用电", "≥100盏": "≥100盏\n≥9根"})
    found = read(layout(rows))
    assert [row["goal_text"] for row in found["goal"]] == ["路灯常亮", "节约用电"]
    assert found["indicator"][0]["target_text"] == "≥100盏\n≥9根"


@pytest.mark.parametrize(
    "text",
    [
        "甲, 乙, 丙\n甲, 乙, 丙\n一句话, 另一句。\n第三句。\n",
        "封面    一\n\n第一部分    总体目标    1\n",
        "a | b\n",
    ],
)
def test_other_texts_are_no_tables(text):
    assert {*text_reader.read_text(text).kinds} == {TEXT}
