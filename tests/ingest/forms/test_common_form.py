"""A form in the common layout is read at once: what is read, refs, ledger and findings are those of the general reader."""

import pytest

from ingest.forms import document_forms
from ingest.forms.common_form import read_common_form
from ingest.grid import Grid
from ingest.readers.text import reader as text_reader
from ingest.staging.rows import document_rows
from tests.support import layouts
from tests.support.generator.families import read_back
from tests.support.generator.families.forms import FAMILIES
from tests.support.generator.formats import TEXT, rendered
from tests.support.reading import NAMES, REAL, document_text

SEED = 20_240_601
# What a line may become, or what may be put before it.
SPOILT = (
    "", "\t", "\t元", "\t无", "\t1,000元", "\t12.5%", "\t目标1", "\t2.其他", "\t项目名称", "\t产出指标", "\t满意度指标",
    "\t数量指标", "\t预算数（万元）", "\t预算数（元）", "\t长期目标", "\t资金用途：补助", "\t负责人：某某",
    "\t单位：万元", "\t注：说明", "- 5 -", "注：说明", "1.", "续", "2.某项目绩效目标表", "\t一级指标", "\t指标值",
    "\t得分", "\t主管部门", "\t年度预算金额", "\t100\t200", "\t--", "\t1.修路\n2.修桥",
)  # fmt: skip


@pytest.fixture
def read_both_ways(monkeypatch):
    """A function of two equal grids: (what the reader gives, what the general reader alone gives, forms read at once)."""

    def read(grid: Grid, again: Grid) -> tuple[tuple, tuple, int]:
        forms = []
        monkeypatch.setattr(
            document_forms, "read_common_form", lambda *place: forms.append(read_common_form(*place)) or forms[-1]
        )
        found = document_rows("0" * 16, "document.txt", grid)
        monkeypatch.setattr(document_forms, "read_common_form", lambda *place: None)
        return found, document_rows("0" * 16, "document.txt", again), sum(form is not None for form in forms)

    return read


@pytest.fixture
def count(read_both_ways):
    """A function of a text: the number of its forms that are read at once; it fails where the two ways differ."""

    def read(text: str) -> int:
        found, general, forms = read_both_ways(text_reader.read_text(text), text_reader.read_text(text))
        assert found == general
        return forms

    return read


def test_documents_are_read_the_same_both_ways(count):
    at_once = {name: count(document_text(name)) for name in NAMES}
    assert sum(at_once[name] for name in REAL) == 40


def test_generated_documents_are_read_the_same_both_ways(count):
    assert sum(count(text_reader.decode(content)[0]) for content, _ in rendered(SEED, 600, TEXT)) > 30


@pytest.mark.parametrize("format", read_back.TEXTS)
@pytest.mark.parametrize("family", FAMILIES)
def test_other_families_are_never_read_at_once(family, format, read_both_ways):
    made = (read_back.documents(family, format, SEED, 4) for _ in range(2))
    for (grid, _), (again, _) in zip(*made, strict=True):
        found, general, at_once = read_both_ways(grid, again)
        assert (found, at_once) == (general, 0)


def test_a_form_with_any_line_spoilt_is_read_the_same_both_ways(count):
    lines = layouts.as_cells(layouts.FORM).split("\n")
    assert count("\n".join(lines)) == 1
    at_once = [
        count("\n".join([*lines[:at], other, *lines[end:]]))
        for at in range(len(lines))
        for end in (at, at + 1)
        for other in SPOILT
    ]
    assert set(at_once) == {0, 1}


@pytest.mark.parametrize(
    ("below_header", "row"),
    [
        (1, ["", "", "年度计划值", "描述", "", "规划"]),  # the rest of the header
        (2, ["", "", "479002河北乐亭县城管局", "", "单位：万元", ""]),  # the unit of another form
        (2, ["自定指标", "数量指标", "路灯数", "路灯数", "5盏", "规划"]),  # a first level that no category is
        (2, ["满意度指标", "居民", "满意度", "满意度", "95%", "问卷"]),  # a name of both levels
        (2, ["", "质量指标", "", "合格率", "95%", "规划"]),
    ],
)
def test_a_row_with_another_reading_is_left_to_the_general_reader(below_header, row, count):
    assert count(layouts.as_cells(layouts.inserted(layouts.HEADER + below_header, row))) == 0
