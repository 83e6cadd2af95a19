"""Part one of a document with known truth: duties, activities, labels and graded standards, as items that stand below one another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from tests.support.generator.irregularities import Dice
from tests.support.generator.vocabulary import Words

CHINESE = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五")
# kind: how the number 1 to 15 may be printed
STYLES: dict[str, tuple[Callable[[int], str], ...]] = {
    "chinese": (lambda n: f"{CHINESE[n - 1]}、", lambda n: f"{CHINESE[n - 1]}．"),
    "chinese_bracket": (
        lambda n: f"（{CHINESE[n - 1]}）", lambda n: f"({CHINESE[n - 1]}）", lambda n: f"({CHINESE[n - 1]})",
    ),
    "arabic": (lambda n: f"{n}.", lambda n: f"{n}、", lambda n: f"{n}．"),
    "arabic_bracket": (lambda n: f"（{n}）", lambda n: f"({n})", lambda n: chr(ord("⑴") + n - 1), lambda n: f"{n}）"),
    "circle": (lambda n: chr(ord("①") + n - 1),),
    "word": (lambda n: f"{CHINESE[n - 1]}是", lambda n: f"第{CHINESE[n - 1]}，", lambda n: f"{CHINESE[n - 1]}要"),
}  # fmt: skip
DUTIES = ("{o}{v}", "{o2}{v2}管理", "推进{o}{v}", "坚定不移抓{v}", "做好{o2}{v2}，强化项目管理", "落实{o}{v}责任")
SENTENCES = (
    "确保{o}{v}工作按期完成。", "加强{o2}{v2}，做到及时发现、及时处置，全年完成投资{a}万元。",
    "坚持“山水林田湖草”系统治理理念，强化{o}{v}；重点区域每日一巡，一般区域每周一巡。", "{o}完好率达到{n}%以上。",
    "完善考核办法。修订{o}{v}制度，按月考核、按季通报。提前完成政府采购手续，尽快启动项目、及时支付资金，确保支出进度达标。",
    "一方面加强{v}，另一方面规范{o2}{v2}项目的申报、实施和验收，（1）编制方案；（2）组织评审。", "新建高标准{o}{a}{u}；",
)  # fmt: skip
INDICATORS = ("{o}完好率。", "{v}任务完成率达{n}%。", "全年{v}次数不少于{n}次。")
BANDS = (
    "{v}完成率区间在90%-100%为优；{v}完成率区间在80%-90%为良；{v}完成率区间在60%-80%为中；{v}完成率区间在60%以下为差。"
)
LABELS = (("绩效目标", SENTENCES), ("绩效指标", INDICATORS), ("绩效标准", (BANDS,)))


@dataclass(slots=True)
class Node:
    """An item, and what stands below it."""

    text: str | None
    kind: str | None = None
    ordinal: str | None = None
    label: str | None = None
    separator: str | None = None
    is_heading: bool = False
    repeats_heading: bool = False
    shares_line: bool = False  # printed behind the item before it, in one paragraph
    is_unnumbered: bool = False  # a duty among numbered ones
    children: list[Node] = field(default_factory=list)

    @property
    def printed(self) -> str:
        return "".join(filter(None, (self.ordinal, self.label, self.separator, self.text)))


@dataclass(slots=True)
class ItemTruth:
    """What staging must hold of an item, white space aside."""

    parent_no: int | None
    level: int
    kind: str | None
    ordinal: str | None
    label: str | None
    separator: str | None
    text: str | None
    is_heading: bool
    repeats_heading: bool = False


class SectionMaker:
    """Makes the items of one section; each kind of ordinal is used on one level of it."""

    def __init__(self, words: Words, random: Random, dice: Dice):
        self.words, self.random, self.dice = words, random, dice
        self.has_slips = False
        self.kinds = random.sample(tuple(STYLES), 3)
        if self.kinds[0] == "circle":  # few fonts have more than ten
            self.kinds.reverse()
        self.styles = {kind: random.choice(forms) for kind, forms in STYLES.items()}

    def nodes(self) -> list[Node]:
        """The items at the top of the section, with those below them."""
        make = self.random.choice(
            (self.paragraphs, self._numbered, self._headed, self._duties, self._activities, self._duties, self._mixed)
        )
        return make()

    def _text(self, patterns: tuple[str, ...] = SENTENCES) -> str:
        return self.words.one_of(patterns)

    def paragraphs(self) -> list[Node]:
        return [Node(self._text()) for _ in range(self.random.randint(1, 4))]

    def _mixed(self) -> list[Node]:
        return self.paragraphs()[:1] + self._numbered()

    def _numbered(self) -> list[Node]:
        """Numbered paragraphs, some of several sentences."""
        return self._counted(0, [Node(self._text()) for _ in range(self.random.randint(2, 12))])

    def _headed(self) -> list[Node]:
        """Numbered headings over paragraphs or over numbered parts."""
        nodes = []
        for _ in range(self.random.randint(2, 6)):
            below = [Node(self._text()) for _ in range(self.random.choice((1, 1, 2, 3)))]
            below = self._counted(1, below) if self.random.random() < 0.4 else below
            nodes.append(Node(self._heading(), is_heading=True, children=below))
        return self._counted(0, nodes)

    def _duties(self) -> list[Node]:
        """Duties with labels, on lines of their own or behind the duty."""
        has_separators, is_one_line = self._separators(), self.random.random() < 0.3
        nodes = []
        for _ in range(self.random.randint(2, 11)):
            node = Node(self.words.fill("{o}{v}。") if is_one_line else self._heading(), is_heading=True)
            node.children = self._labels(has_separators, is_one_line)
            nodes.append(node)
        return self._counted(0, nodes)

    def _activities(self) -> list[Node]:
        """Duties, some without a number, with activities or labels below them."""
        separators = self._separators()
        nodes = []
        for number in range(self.random.randint(2, 5)):
            ending = self.random.choice(("绩效目标", "绩效目标：", "职责："))
            node = Node(self.words.fill("{o}{v}") + ending, is_heading=True)
            if self.random.random() < 0.6:
                below = [
                    Node(self.words.fill("{v}活动："), is_heading=True, children=self._labels(separators, False))
                    for _ in range(self.random.randint(1, 3))
                ]
                node.children = self._counted(1, below)
            else:
                node.children = self._labels(separators, False)
            node.is_unnumbered = number > 0 and self.random.random() < 0.4
            nodes.append(node)
        return self._counted(0, nodes)

    def _heading(self) -> str:
        return self.words.one_of(DUTIES) + self.random.choice(("", "", "。"))

    def _separators(self) -> tuple[str, str, str]:
        return self.random.choice((("：", "：", "："), ("是：", "是", "是"), (":", ":", ":"), ("为", "为", "为")))

    def _labels(self, separators: tuple[str, str, str], shares_line: bool) -> list[Node]:
        labels = []
        for (label, patterns), separator in zip(LABELS[: self.random.choice((2, 2, 3))], separators, strict=False):
            node = Node(self._text(patterns), label=label, separator=separator, shares_line=shares_line)
            if (
                label == "绩效指标"
                and separator.endswith(("：", ":"))
                and not shares_line
                and self.random.random() < 0.2
            ):
                node.children = self._counted(
                    2, [Node(self._text(INDICATORS)) for _ in range(self.random.randint(2, 4))]
                )
                node.text = None
            labels.append(node)
        return labels

    def _counted(self, level: int, nodes: list[Node]) -> list[Node]:
        """Give nodes their ordinals; a slip prints a number again or leaves one out."""
        kind, number, is_behind = self.kinds[level], 0, False
        for node in nodes:
            if node.is_unnumbered:
                number += self.random.choice((0, 1))  # counted or not
                is_behind = True
                continue
            is_slip = 0 < number < 12 and not is_behind and self.dice("numbering_slip")
            number += self.random.choice((0, 2)) if is_slip else 1
            node.kind, node.ordinal, is_behind = kind, self.styles[kind](number), False
            self.has_slips |= is_slip
        return nodes


def flattened(nodes: list[Node], rows: list[str]) -> tuple[list[str], list[ItemTruth]]:
    """(the paragraphs, the items) of nodes in order; `rows` of a table stand below the innermost item that is open."""
    lines: list[str] = []
    items: list[ItemTruth] = []
    innermost: list[tuple[int, int]] = []

    def add(node: Node, parent: int | None, level: int) -> None:
        if node.shares_line and lines:
            lines[-1] += node.printed
        else:
            lines.append(node.printed)
        items.append(
            ItemTruth(parent, level, node.kind, node.ordinal, node.label, node.separator,
                      node.text, node.is_heading, node.repeats_heading)
        )  # fmt: skip
        number = len(items)
        del innermost[level - 1 :]
        if node.ordinal or node.label or (node.is_heading and not node.repeats_heading):
            innermost.append((number, level))
        for child in node.children:
            add(child, number, level + 1)

    for node in nodes:
        add(node, None, 1)
    parent, level = innermost[-1] if innermost else (None, 0)
    items += [ItemTruth(parent, level + 1, None, None, None, None, row, False) for row in rows]
    return lines, items
