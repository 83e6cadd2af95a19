"""What the forms of the whole country print as labels, and which family a form is of: patterns, from seeds.

A label is compared by `plain`: without white space, brackets, ordinal and closing colon.
"""

import csv
import re
from functools import lru_cache
from typing import NamedTuple

from ingest.source_tree import SEEDS
from ingest.vocabulary.label_parts import BRACKETS, YEAR, is_goal_heading, is_made_of
from ingest.vocabulary.lexical import key, without_ordinal
from ingest.vocabulary.persons import names_person

LONGEST = 40  # characters of a label; longer cells are texts
SHORTEST_WORD = 4  # the longest of the words that labels of money are made of
GOALS = re.compile(
    r"(?:.{0,10}[^\d])?目标(?:\d{1,2}|[一二三四五六七八九十]{1,2})?(?:内容|概述|描述|说明|[和及与].{2,4})?"
)
TERM = re.compile(r"中长期|中期|长期|实施期|全周期|三年|五年|年度|当年|本年")

FUND_WORDS_TEXT = """
其中: 其中 1. 2. 3. 项目 年度 本年度 本年 当年 全年 年初 中期 长期 实施期 全周期 上年 以前年度 历年 往年 预算 申请 申报 安排 批复
下达 资金 拨款 补助 投入 投资 支出 总 额 总额 合计 小计 数 金额 财政 财政性 一般 公共 政府性 基金 国有 资本 经营 专户 专项 债券
地方 政府 转移支付 中央 省级 市级 县级 区级 省 市 县 区 乡镇 本级 上级 级 市县 市、县 省市 配套 结转 结余 结转结余 其他 其它
自有 自筹 单位 事业 收入 社会 银行 贷款 非财政 来源 及 的 需求 总投资 上级补助
"""
FUND_WORDS = frozenset(FUND_WORDS_TEXT.split())
FUND_NAMES = (
    "资金", "拨款", "总额", "投资", "预算数", "申报数", "结转", "结余", "总预算", "年度预算", "补助", "自筹", "自有", "安排数",
    "级安排", "政安排", "助安排", "当年预算", "本年预算", "本年申请", "当年申请", "年度申请",
    "基金", "配套", "债券", "贷款", "申请数", "预算金额", "预算合计", "财政",
)  # fmt: skip


class Label(NamedTuple):
    """The part of a form that a label belongs to, and what it labels there."""

    part: str
    field: str


class Family(NamedTuple):
    """A family of forms: it is known by some of its marks, labels or titles that others do not have."""

    name: str
    subject_type: str | None  # None where forms of its kind are only named
    name_zh: str
    mark: re.Pattern
    fewest_marks: int


def _seed(name: str) -> list[dict[str, str]]:
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


LABELS = tuple((Label(row["part"], row["field"]), re.compile(row["pattern"])) for row in _seed("form_label"))
FAMILIES = tuple(
    Family(
        row["form_family"],
        row["subject_type"] or None,
        row["name_zh"],
        re.compile(row["mark_pattern"]),
        int(row["fewest_marks"]),
    )
    for row in _seed("form_family")
)


@lru_cache(maxsize=1 << 14)
def plain(cell: str) -> str:
    """The form in which labels of these forms are compared; empty for what is too long to be one."""
    if len(cell) >= LONGEST:
        return ""
    return BRACKETS.sub("", key(without_ordinal(cell.strip()))).strip(":")


@lru_cache(maxsize=1 << 14)
def labels_of(cell: str) -> tuple[Label, ...]:
    """What a cell may be the label of, in every part of a form; empty for a value."""
    text = plain(cell)
    if not text:
        return ()
    found = [label for label, pattern in LABELS if pattern.fullmatch(text)]
    if is_fund(cell):
        found.append(Label("money", "fund"))
    if is_goal_heading(cell) or GOALS.fullmatch(text):
        found.append(Label("goal", "goal"))
    if names_person(cell):
        found.append(Label("head", "person"))
    return tuple(found)


def field_in(part: str, cell: str) -> str | None:
    """What a cell labels in a part of a form, or None."""
    return next((label.field for label in labels_of(cell) if label.part == part), None)


@lru_cache(maxsize=1 << 12)
def is_fund(cell: str) -> bool:
    """True if a cell is the label of an amount of money: 其中：财政拨款, 上年结转, 中央补助安排."""
    text = YEAR.sub("", plain(cell).replace("其中:", "其中").strip("、."), count=1)
    if text.endswith("单位"):
        return False  # 资金单位 labels the unit of amounts
    return any(name in text for name in FUND_NAMES) and is_made_of(text, FUND_WORDS, SHORTEST_WORD)


def term_in(cell: str) -> str | None:
    """The term that a label prints (中期, 长期, 年度), or None."""
    found = TERM.search(cell) if len(cell) < LONGEST else None
    return found[0] if found else None


def family_of(marks: set[str], has_money: bool = False) -> Family:
    """The first family of which a form has enough marks; one with a project and its money is none that is only named."""
    return next(
        family for family in FAMILIES
        if (family.subject_type or not has_money)
        and sum(family.mark.fullmatch(mark) is not None for mark in marks) >= family.fewest_marks
    )  # fmt: skip
