"""Words by which the items of part one are told apart: their labels, and the endings of headings that have no number."""

import re

# What a paragraph says it is, before a colon, 是 or 为. Another county's spelling is another entry here.
LABELS = (
    "绩效目标", "年度绩效目标", "总体绩效目标", "年度目标", "年度总体目标", "总体目标", "工作目标", "年度工作目标", "预期目标",
    "绩效指标", "年度绩效指标", "年度指标", "评价指标", "考核指标", "绩效评价指标", "绩效考核指标",
    "绩效标准", "评价标准", "考核标准", "衡量标准", "绩效评价标准", "绩效考核标准", "指标评价标准",
)  # fmt: skip
SHORT_LABELS = ("目标", "指标", "标准")  # such only before a colon
# Headings of duties and of the activities of a duty, which may stand without a number among numbered ones.
HEADING_ENDS = {"duty": ("绩效目标", "职责"), "activity": ("活动",)}
SENTENCE_ENDS = frozenset("。！？!?；;")
LONGEST_HEADING = 45  # characters

_LABEL = "|".join(sorted(LABELS, key=len, reverse=True))
_SHORT = "|".join(SHORT_LABELS)
_NUMBER = r"(?:\s?(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,2}))?"  # 绩效目标1：
_SEPARATOR = rf"{_NUMBER}\s?[：:]|\s?(?:[是为]\s?[：:]|是(?!否)|为)"
LABEL = re.compile(rf"(?:({_LABEL})({_SEPARATOR})|({_SHORT})({_NUMBER}\s?[是为]?\s?[：:]))\s*+")
BARE_LABEL = re.compile(_LABEL)
LABEL_INSIDE = re.compile(rf"(?:{_LABEL})(?:{_SEPARATOR})")
LABEL_END = re.compile(rf"标准?(?:{_SEPARATOR})")  # of every label: spares most texts the search
_LONGEST_LABEL = max(map(len, LABELS))
_FIRST_SIGNS = frozenset(label[0] for label in (*LABELS, *SHORT_LABELS))
_INNER_SIGNS = frozenset(sign for label in LABELS for sign in label[1:])
_ENDS = tuple(end for ends in HEADING_ENDS.values() for end in ends)
_BEFORE_LABEL = SENTENCE_ENDS | {"：", ":"}
_INSIDE = frozenset("，,。；;：:！？!?")  # signs that no heading of a duty contains


def label_of(text: str) -> re.Match | None:
    """The label with its separator that a text begins with."""
    return LABEL.match(text) if text[:1] in _FIRST_SIGNS else None


def is_bare_label(text: str) -> bool:
    """Whether a text is a label, with its separator or without, and nothing else."""
    return text[:1] in _FIRST_SIGNS and (LABEL.fullmatch(text) or BARE_LABEL.fullmatch(text)) is not None


def splits_label(before: str, text: str) -> bool:
    """Whether a line end splits a label: 绩效 + 指标：."""
    if text[0] not in _INNER_SIGNS:
        return False
    for size in range(1, _LONGEST_LABEL):
        found = label_of(before[-size:] + text[: 2 * _LONGEST_LABEL]) if size <= len(before) else None
        if found and len(found[1] or found[3]) > size:
            return True
    return False


def labels_inside(text: str, first: int) -> list[int]:
    """Where labels begin in a text from `first` on: behind a sentence, a colon or a blank."""
    begins = []
    for end in LABEL_END.finditer(text, first + 1):
        for at in range(end.start() - 1, max(end.start() - _LONGEST_LABEL, first - 1), -1):
            if text[at - 1] in _BEFORE_LABEL or text[at - 1].isspace():
                if LABEL_INSIDE.match(text, at):
                    begins.append(at)
                break
    return begins


def heading_role(text: str) -> str | None:
    """What a line heads by its last word: a duty, an activity, or nothing that is known."""
    if len(text) > LONGEST_HEADING:
        return None
    name = text.rstrip("：: ")
    if not name.endswith(_ENDS) or not _INSIDE.isdisjoint(name):
        return None
    return next((role for role, ends in HEADING_ENDS.items() if name.endswith(ends)), None)
