"""Labels by the words they are made of, where no list has them: of the rows of a form, of its columns, and of lists.

A label is taken for a field if it is made of the field's words and nothing else, and has one of the words that name it.
`taken_for` gives the spelling that the list has, so that nothing else needs to know of the printed one.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from ingest.vocabulary.labels import (
    FIRST_OF_COLUMNS,
    LABELS,
    LONGEST_LABEL,
    begins_with_other,
    field_of,
    is_other_label,
    is_result_column,
)
from ingest.vocabulary.lexical import key, without_ordinal

YEAR = re.compile(r"(?:19|20)\d\d年度?")
BRACKETS = re.compile(r"\([^()]*\)")

GOAL_TERMS = frozenset((
    "长期", "中长期", "中期", "近期", "短期", "年度", "本年度", "本年", "当年", "全年", "全周期", "实施期", "阶段性", "阶段",
    "总体", "整体", "总", "预期", "项目", "部门", "单位", "绩效", "支出", "三年", "五年",
))  # fmt: skip
GOAL_ENDS = ("目标", "目标内容", "目标概述", "目标描述", "目标说明")

# What the columns of an ordinary list of projects are called: 上年数, 一般公共预算, 增减率.
COLUMN_WORDS_TEXT = """
序号 编号 合计 小计 总计 增减 增长 增加 减少 变动 比例 幅度 率 % 备注 说明 数 额 金额
数量 单价 总价 上年 本年 当年 今年 去年 年初 年末 全年 年度 预算 决算 执行 实际 完成
情况 支出 收入 资金 拨款 财政 一般 公共 政府性 政府 基金 国有 资本 经营 专户 专项 其他
其中: 单位 自有 自筹 上级 中央 省级 市级 县级 区级 补助 科目 功能 经济 分类 类别 类型
性质 名称 编码 代码 项目 采购 物品 目录 品目 规格 型号 计量 来源 部门 主管 依据 内容
用途 绩效 目标 结转 结余 安排 下达 指标 实施 地点 期限 时间 总 与 及 比 元 千元 万元
亿元
"""
COLUMN_WORDS = frozenset(COLUMN_WORDS_TEXT.split())

NEW_COLUMN = re.compile(r"[一二三123]级(?:绩效)?指标(?:名称)?")


class Words(NamedTuple):
    """The words that labels of one field are made of; one of `names` must be among them, none of `never`."""

    words: frozenset[str]
    names: tuple[str, ...]
    never: tuple[str, ...] = ()


def _words(text: str, *names: str, never: tuple[str, ...] = ()) -> Words:
    return Words(frozenset(text.split()), names, never)


# Labels of the rows over the indicators. Totals of several years are nobody's: 项目资金总额, 中期资金总额, 总投资.
ROW_WORDS = {
    "total_budget": _words(
        "项目 年度 本年度 本年 当年 预算 资金 申请 申报 安排 批复 下达 支出 总 数 额 额度 金额 总额 数额 合计 总计 总数",
        "预算资金", "预算额度", "批复数", "下达数", "本年预算", "当年预算", "项目金额", "资金额度", "资金数额",
        "预算数", "预算额", "预算金额", "预算总额", "预算总数", "预算合计", "预算安排数", "申报数", "申请总额", "申请数", "申请金额",
        "年度资金总额", "本年资金总额", "当年资金总额", "年度总额", "年度金额", "年度预算", "项目预算", "支出预算", "预算安排",
        never=("项目资金总额",),
    ),
    "fiscal_funds": _words(
        "其中: 其中 年度 本年度 本年 当年 年初 财政 财政性 一般 公共 预算 资金 拨款 补助 收入 安排 数 额 金额",
        "财政补助", "财政拨款", "财政资金", "财政性资金", "财政预算", "一般公共预算", "财政安排",
    ),
    "other_funds": _words(
        "其中: 其中 其他 其它 单位 部门 自有 自筹 非财政 资金 来源 收入 拨款 数 额 金额", "其他", "其它", "自筹", "自有", "非财政",
    ),
    "purpose": _words(
        "预算 资金 项目 规模 及 和 与 用途 使用 安排 支出 主要 具体 方向 范围 说明 情况 内容",
        "用途", "使用方向", "使用范围", "资金规模",
    ),
    "plan": _words(
        "项目 资金 预算 用款 支出 使用 支付 拨付 进度 计划 分月 分季度 季度 年度 安排 执行", "用款计划", "支出计划", "使用计划",
        "支付计划", "拨付计划", "执行计划", "使用进度", "支出进度", "支付进度", "拨付进度", "资金计划", "资金进度", "用款进度",
    ),
    "goals": _words("", "目标"),
}  # fmt: skip
COLUMN_FIELDS = {
    "description": _words(
        "绩效 三级 指标 描述 内容 解释 说明 定义 含义 释义 内涵 具体 及 计算 方法 公式 评价 考核",
        "描述", "内容", "解释", "说明", "定义", "含义", "释义", "内涵",
    ),
    "target": _words(
        "绩效 年度 本年度 本年 当年 全年 计划 预期 目标 标准 考核 指标 值 设定 三级",
        "指标值", "目标值", "计划值", "预期值", "标准值", "考核值", "绩效值",
    ),
    "basis": _words(
        "绩效 指标 目标 值 确定 设定 设置 制定 测定 测算 取值 评价 政策 文件 依据 来源 的 及 标准 说明 参考",
        "依据", "值来源", "指标来源",
    ),
}  # fmt: skip
# What a label by its words begins with: a word, or an ordinal that is taken off it.
FIRST_SIGNS = frozenset(
    word[0]
    for words in (
        *[known.words for known in (ROW_WORDS | COLUMN_FIELDS).values()],
        GOAL_TERMS,
        GOAL_ENDS,
        "一二三四五六七八九十",
    )
    for word in words
)
FIRST_OF_NAMES = FIRST_OF_COLUMNS | frozenset(word[0] for word in COLUMN_WORDS)
ROW_LABELS = tuple(key(label) for field in ("purpose", "plan") for label in LABELS[field])
UNIT_AT_END = re.compile(r"[(（][^()（）]*[)）]\s*+(?:[:：]\s*+)?$")
LONGEST_PRINTED = 20  # characters of a label that is taken by its words, without its brackets
SHORTEST_PRINTED = 4  # of one over the indicators: less may be the rest of a label that a line break split


@lru_cache(maxsize=1 << 13)
def taken_for(cell: str, is_column: bool = False) -> str | None:
    """The spelling in the list of the label that a cell prints in other words; None if the list has it, or it is none.

    A unit in brackets stays: 年度预算金额（万元） is taken for 预算数（万元）.
    """
    if not cell or len(cell) >= LONGEST_LABEL or begins_with_other(cell, FIRST_SIGNS):
        return None
    if field_of(cell) or is_other_label(cell):
        return None
    unit = UNIT_AT_END.search(cell)
    plain = YEAR.sub("", key(without_ordinal(cell[: unit.start()] if unit else cell)))
    if len(plain) > LONGEST_PRINTED or len(plain) < (1 if is_column else SHORTEST_PRINTED):
        return None
    if not is_column and any(label.endswith(plain) for label in ROW_LABELS):
        return None  # the rest of a label of the list that a line break split
    if is_column and NEW_COLUMN.fullmatch(plain):
        return f"{'一二三'['一二三123'.index(plain[0]) % 3]}级指标"
    if not is_column and is_goal_heading(cell):
        return LABELS["goals"][0]
    for field, known in (COLUMN_FIELDS if is_column else ROW_WORDS).items():
        is_named = any(name in plain for name in known.names) and plain not in known.never
        if is_named and is_made_of(plain, known.words):
            taken = LABELS[field][0]
            with_unit = f"{taken}{unit[0].strip()}" if unit else taken
            return with_unit if field_of(with_unit) else taken
    return None


def field_by_words(cell: str) -> str | None:
    """The field that a cell over the indicators is the label of, by the list or by its words."""
    return field_of(cell) or field_of(taken_for(cell) or "")


def is_made_of(text: str, words: frozenset[str], longest: int = 4) -> bool:
    """True if a text is some of the words one behind the other; its time grows with its length alone."""
    reached = {0}
    for start in range(len(text)):
        if start in reached:
            reached |= {end for end in range(start + 1, start + longest + 1) if text[start:end] in words}
    return bool(text) and len(text) in reached


@lru_cache(maxsize=1 << 12)
def is_goal_heading(cell: str) -> bool:
    """True if a cell is the label of goals of one kind: 年度目标, 长期目标（2023年—2025年）."""
    if len(cell) >= 2 * LONGEST_LABEL or "目" not in cell or "标" not in cell:
        return False
    if field_of(cell) == "goals":
        return True
    plain = YEAR.sub("年度", BRACKETS.sub("", key(cell)))
    return any(plain.endswith(end) and is_made_of(plain.removesuffix(end), GOAL_TERMS) for end in GOAL_ENDS)


@lru_cache(maxsize=1 << 12)
def is_column_name(cell: str) -> bool:
    """True if a cell may head a column of a list: a label that is known, or a name made of the words of such columns."""
    if not cell.strip() or len(cell) >= LONGEST_LABEL or begins_with_other(cell, FIRST_OF_NAMES):
        return False
    if field_of(cell) or is_other_label(cell) or is_result_column(cell):
        return True
    plain = YEAR.sub("", key(cell)).replace("(", "").replace(")", "")
    return is_made_of(plain, COLUMN_WORDS)
