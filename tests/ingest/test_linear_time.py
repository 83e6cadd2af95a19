"""The time of reading grows as the document does, whatever it prints: every pattern of ingest/, and the reader around them."""

import ast
import dataclasses
import gc
import importlib
import pkgutil
import re
import time
from itertools import product
from pathlib import Path

import pytest

import ingest
from ingest.corpus.reading import read
from ingest.readers.text import reader
from tests.support.bait import baits, encoded, methods
from tests.support.growth import MOST, SECONDS, Work, doubled, growth, once, slow_size

SIZES = [16, 24, 200, 1000, 4000]  # characters of a bait
DOCUMENTS = [2_000, 10_000, 40_000, 400_000]  # characters; the first that takes time to speak of is doubled
A_DOCUMENT = 0.02  # seconds; the form around takes less
FAR = 1e-4  # seconds for each character: no bounded run takes so long
MEASURED = 5  # baits of a pattern
LOUD = 5 * SECONDS  # seconds of one run: measured at once, before other baits of the pattern take as long
MOST_BAITS = 600  # of a pattern: one of many alternatives has thousands, which differ in their words alone
BEYOND = 2000  # characters: more than any bound inside a pattern


def modules() -> list:
    return [importlib.import_module(found.name) for found in pkgutil.walk_packages(ingest.__path__, "ingest.")]


def held(value: object) -> list[re.Pattern]:
    """The patterns in a value: itself, or those of a list, a table or the fields of an object."""
    if isinstance(value, re.Pattern):
        return [value]
    if isinstance(value, dict):
        return [found for pair in value.items() for one in pair for found in held(one)]
    if isinstance(value, tuple | list | set | frozenset):
        return [found for one in value for found in held(one)]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [found for field in dataclasses.fields(value) for found in held(getattr(value, field.name))]
    return []


def patterns() -> dict[str, re.Pattern]:
    """Every pattern of ingest/ by its name, which may hold several."""
    found = {}
    for module in modules():
        tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
        own = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        for name in own & vars(module).keys():
            for number, pattern in enumerate(held(getattr(module, name))):
                found[f"{module.__name__}.{name}[{number}]"] = pattern
    return dict(sorted(found.items()))


PATTERNS = patterns()


def slow_baits(pattern: re.Pattern) -> list[str]:
    """A bait whose time grows faster than it does, with its growth, if there is one; measured where it takes longest."""
    suspects: list[tuple] = []
    known = baits(pattern)
    for bait, method in product(known[:: len(known) // MOST_BAITS + 1], methods(pattern)):

        def work(size: int, ask=method, bait=bait) -> None:
            ask(encoded(bait.text(size), pattern))

        if found := slow_size(work, SIZES):
            size, seconds = found
            if seconds > FAR:
                return [f"{bait}: {seconds * size:.3f} s for {size} characters"]
            if seconds * size > LOUD and (slow := slow_from(work, size)):
                return [f"{bait}: {slow}"]
            suspects.append((seconds, size, bait, work))
    suspects.sort(key=lambda suspect: -suspect[0])
    for _, size, bait, work in suspects[:MEASURED]:
        if slow := slow_from(work, size):
            return [f"{bait}: {slow}"]
    return []


def slow_from(work: Work, size: int) -> str:
    """What shows that the time grows faster than the text from this size on; blank if nothing does."""
    for last in dict.fromkeys((max(size, BEYOND), max(4 * size, BEYOND))):  # what grows fast shows it at the first
        if slow := slow_on_the_way(work, size, last):
            return f"{slow[1]:.3f} s for {slow[0]} characters"
        times = doubled(work, last)
        if times > MOST:
            return f"{times:.1f} times"
    return ""


def slow_on_the_way(work: Work, size: int, last: int) -> tuple[int, float] | None:
    """(A size on the way to the last, the seconds it takes), where that is far too long already."""
    while 2 * size < last:
        size *= 2
        if (seconds := once(work, size)) > FAR * size:
            return size, seconds
    return None


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_takes_time_in_proportion_to_its_text(name):
    assert not slow_baits(PATTERNS[name])


@pytest.mark.parametrize(
    "pattern",
    [
        r"(.*?)[\s.]*[\t.][\s.]*\d{1,4}\s*",
        r"(.*?\D)\s*\d{1,4}\s*",
        r".*(?:年|年度)[^。，；]*(?:预算|绩效|公开)[^。，；]*",
        r"¥?\s*-?\s*[\d][\d,.\s]*\)?\s*万?元?",
        r"(?:[a-z]+ ?)+;",
        rb"<a\s*\s*>",
    ],
)
def test_a_bait_catches_what_takes_long(pattern):
    assert slow_baits(re.compile(pattern))


def test_every_pattern_is_compiled_at_the_top_of_its_module():
    """Where the test finds it."""
    inside = []
    for module in modules():
        tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef):
                calls = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
                inside += [
                    f"{module.__name__}.{function.name}"
                    for call in calls
                    if isinstance(call, ast.Attribute) and isinstance(call.value, ast.Name) and call.value.id == "re"
                ]
    assert not inside


# Lines and blocks of a document, of which one is printed very often.
HEAD = "2023年部门预算绩效文本\n\n1.甲项目绩效目标表\n\n\t项目编码\n\t13022523P00001\n\t项目名称\n\t甲项目\n\n"
MONEY = "\t预算规模及资金用途\n\t预算数\n\t{money}\n\t其中：财政资金\n\t10.00\n\t其他资金\n\t\n\n\t\n\t{purpose}\n\n"
PLAN = "\t资金支出计划\n\t3月底\n\t6月底\n\t10月底\n\t12月底\n\n\t\n\t25%\n\t50%\n\t75%\n\t{plan}\n\n\t绩效目标\n\t1.{goal}\n\n"
TABLE = "\t绩效指标\n\t一级指标\n\t二级指标\n\t三级指标\n\t绩效指标描述\n\t指标值\n\t指标值确定依据\n\n"
ROW = "\t产出指标\n\t数量指标\n\t{name}\n\t描述\n\t{target}\n\t依据\n\n"
FORM = HEAD + MONEY + PLAN + TABLE + ROW
VALUES = dict.fromkeys(("money", "purpose", "plan", "goal", "name", "target"), "10")

CELLS = {
    f"{place}: {name}": (place, text)
    for place in VALUES
    for name, text in {
        "blanks": ("1", " ", "x"), "digits": ("", "1", "x"), "points": ("1", ".", "x"), "brackets": ("", "（", ""),
        "years": ("", "年", ""), "amounts": ("", "投入12万元，", ""), "lines": ("", "1.做好工作\n", ""), "signs": ("", "-", "x"),
    }.items()
}  # fmt: skip


@pytest.fixture
def nothing_remembered():
    """Clears what the reader remembers of texts: a second run of the same bait must cost as much as the first."""
    caches = [value for module in modules() for value in vars(module).values() if hasattr(value, "cache_clear")]

    def clear() -> None:
        for cache in caches:
            cache.cache_clear()

    return clear


def document_growth(text, clear) -> float:
    def work(size: int) -> None:
        clear()
        read("document.txt", text(size).encode())

    gc.collect()
    gc.disable()  # its runs are a matter of how much is allocated, not of what is read
    try:
        return growth(work, DOCUMENTS, A_DOCUMENT)
    finally:
        gc.enable()


@pytest.mark.slow
@pytest.mark.parametrize("name", CELLS)
def test_a_cell_takes_time_in_proportion_to_its_text(name, nothing_remembered):
    place, (before, piece, end) = CELLS[name]

    def text(size: int) -> str:
        return FORM.format(**VALUES | {place: before + piece * (size // len(piece)) + end})

    assert document_growth(text, nothing_remembered) <= MOST


LINES = [
    "目录\n", "甲项目\t12\n", "甲项目……12\n", "目录......\n", "年", "2023年", "2023年部门预算\n\n", ".", " ", "\t",
    "\n", "\n ", "\t\n", "第一部分\n", "第一部分 整体绩效目标\n\n", "（一）总体绩效目标\n\n",
    "1.甲项目绩效目标表\n\n", "绩效目标表\n", "注：说明\n\n", "- 12 -\n\n", "单位：万元\n",
    "479002河北省乐亭县财政局\n", "\t项目名称\n", "\t项目编码\n\t项目名称\n\n", "\t项目名称\n\t甲项目\n\n",
    "\t预算数\n\t12\n\n", "\t3月底\n", "\t一级指标\n", "一级指标\t二级指标\t三级指标\t指标值\n",
    "产出指标\t数量指标\t甲\t≥1\n", "\t甲\t乙\n\t丙\n", "甲\t\t乙\n", "[bookmark:", "TOC \\a", 'TOC \\a "',
    "项目名称\t甲项目\n", "\t资金支出计划\n", "\t绩效目标\n", "\t1.目标\n", "一句话没有完\n\n",
    "（一）\n", "（\n", "一是抓好，\n\n", "绩效目标：\n", "1.规划。绩效目标：好。\n", "规划职责：\n", "规划。提升能\n\n",
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("where", ["alone", "before", "behind", "behind the contents", "in part one"])
def test_a_line_takes_time_in_proportion_to_its_number(where, line, nothing_remembered):
    form = FORM.format(**VALUES)

    def text(size: int) -> str:
        many = line * (size // len(line))
        return {
            "alone": many, "before": f"{many}\n\n{form}", "behind": f"{form}{many}\n",
            "behind the contents": f"目录\n{many}\n\n{form}",
            "in part one": f"第一部分\n整体绩效目标\n一、总体绩效目标\n{many}\n第二部分\n项目绩效目标\n\n{form}",
        }[where]  # fmt: skip

    assert document_growth(text, nothing_remembered) <= MOST


BAITS = {
    "a contents page of dots": f"目录\n{'.' * 3_000}x\n\n",
    "a contents page of blanks": f"目录\na{' ' * 40_000}b\n\n",
    "a title of years": f"{'年' * 40_000}\n\n",
    "a title of years and words": f"{'年预算' * 15_000}，\n\n",
}


@pytest.mark.parametrize("name", BAITS)
def test_a_short_document_takes_a_moment(name):
    started = time.thread_time()
    found = read("document.txt", (BAITS[name] + FORM.format(**VALUES)).encode())
    assert found.error is None and len(found.rows["project"]) == 1
    assert time.thread_time() - started < 2


def test_an_endless_run_of_cells_takes_time_in_proportion():
    """As many as in a text of megabytes: to take one row off them must not copy the others."""
    gc.disable()
    try:
        assert doubled(lambda count: reader.read_text("\t甲\n" * count), 400_000) <= MOST
    finally:
        gc.enable()


def test_a_money_cell_takes_a_moment():
    started = time.thread_time()
    read("document.txt", FORM.format(**VALUES | {"money": f"1{' ' * 40_000}x"}).encode())
    assert time.thread_time() - started < 2
