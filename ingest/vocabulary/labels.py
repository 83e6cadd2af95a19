"""What forms print as labels, as data: the one table of them, and the names of the indicator levels from seeds/."""

import csv
import re
from functools import lru_cache
from pathlib import Path

from ingest.source_tree import SEEDS
from ingest.vocabulary.lexical import key, without_ordinal

# field: its printed forms, compared by `lexical.key`. Another county's spelling is another entry here.
LABELS = {
    "project_code": ("项目编码", "项目代码", "项目编号"),
    "project_name": ("项目名称", "项目名称(代码)", "项目名称(编码)", "项目名称及编码", "项目名称及代码"),
    "purpose": ("预算规模及资金用途", "预算规模及用途", "预算规模和资金用途", "资金用途", "项目资金用途", "预算规模"),
    "total_budget": ("预算数", "预算金额", "预算总额", "项目预算", "总预算", "年度预算", "资金总额", "预算资金总额"),
    "fiscal_funds": (
        "其中:财政资金", "其中财政资金", "财政资金", "其中:财政拨款", "其中财政拨款", "财政拨款", "财政性资金", "其中:财政性资金",
    ),
    "other_funds": ("其他资金", "其它资金", "其中:其他资金"),
    "plan": ("资金支出计划", "支出计划", "资金支出进度计划", "资金使用计划", "支出进度计划"),
    "month_3": ("3月底", "3月末", "3月", "三月底", "3月底前", "一季度", "第一季度"),
    "month_6": ("6月底", "6月末", "6月", "六月底", "6月底前"),
    "month_10": ("10月底", "10月末", "10月", "十月底", "10月底前"),
    "month_12": ("12月底", "12月末", "12月", "十二月底", "12月底前"),
    "goals": ("绩效目标", "年度绩效目标", "年度目标", "总体目标", "项目绩效目标", "绩效总目标", "年度总体目标"),
    "levels": ("绩效指标",),
    "level1": ("一级指标",),
    "level2": ("二级指标",),
    "level3": ("三级指标", "三级指标(指标名称)", "指标名称"),
    "description": ("绩效指标描述", "指标描述", "绩效指标描述(指标内容)", "指标内容", "绩效指标内容", "指标解释"),
    "target": ("指标值", "绩效指标值", "目标值", "年度指标值", "指标值(目标值)"),
    "basis": ("指标值确定依据", "确定依据", "指标值依据", "指标确定依据", "指标值设定依据", "指标值来源"),
}  # fmt: skip

MONTHS = {"month_3": 3, "month_6": 6, "month_10": 10, "month_12": 12}
COLUMNS = ("level1", "level2", "level3", "description", "target", "basis")
# None is looked up too: the field of a cell that is no label.
HEAD_FIELDS: frozenset[str | None] = frozenset({"project_code", "project_name"})
HEAD_SIGN = "项"  # in every label of a head: spares most rows the look at each cell
MONEY_FIELDS: frozenset[str | None] = frozenset({"total_budget", "fiscal_funds", "other_funds"})
ROW_FIELDS = HEAD_FIELDS | {"purpose", "plan", "goals", "level1", "levels"}

# Labels in forms for which no table has a column: what they label is reported, never read as a neighbour's.
OTHER_LABELS = frozenset(map(key, (
    "主管部门", "主管部门及代码", "项目主管部门", "业务主管部门", "资金主管部门", "实施单位", "项目实施单位", "项目单位",
    "承担单位", "预算单位", "填报单位", "单位名称", "部门名称", "项目负责人", "负责人", "单位负责人", "联系人", "联系电话",
    "电话", "经办人", "审核人", "填表人", "填报人", "填表日期", "填报日期", "填报时间", "项目属性", "项目类别", "项目类型",
    "项目性质", "项目分类", "项目期限", "项目周期", "项目起止时间", "项目实施期", "起止时间", "实施期限", "项目概况",
    "项目简介", "项目内容", "项目依据", "立项依据", "立项必要性", "资金来源", "支出方向", "支出功能科目", "备注",
)))  # fmt: skip
# Labels of self-evaluation and monitoring forms: over the indicators, and as columns of them.
RESULT_LABELS = frozenset(map(key, (
    "全年执行数", "全年预算执行数", "预算执行数", "实际执行数", "全年实际执行数", "执行率", "全年执行率", "预算执行率",
    "预算执行情况", "全年执行情况", "自评得分", "自评总分", "自评分", "自评分数", "实际完成情况", "全年实际完成情况",
    "年度实际完成情况", "目标实际完成情况", "年度目标实际完成情况", "全年完成情况", "全年预计完成情况", "监控情况",
)))  # fmt: skip
RESULT_COLUMNS = RESULT_LABELS | frozenset(map(key, (
    "完成值", "全年完成值", "年度完成值", "半年完成值", "实际完成值", "全年实际完成值", "年度实际完成值", "实际值", "监控值",
    "实际完成指标值", "完成指标值", "完成情况", "指标完成情况", "完成率", "得分", "评分", "实际得分", "偏差原因", "偏差原因分析",
    "偏差原因分析及改进措施", "偏差原因分析及整改措施", "未完成原因分析", "未完成原因分析及改进措施", "未完成原因和改进措施",
    "目标完成可能性", "完成目标可能性", "完成可能性",
)))  # fmt: skip
RESULT_MONTHS = re.compile(  # 1-7月执行数
    r"(?:截[至止])?(?:1-)?\d{1,2}月份?[底末]?(?:实际)?(?:预算)?(?:执行数|执行率|执行情况|完成值|完成情况|支出数)"
)
RESULT_FORMULA = re.compile(r"\([A-Z*/×÷%\d]+\)$")  # 执行率（B/A）

GOAL_LABEL = re.compile(r"(?:绩效|年度)?目标(?:\d{1,2}|[一二三四五六七八九十]{1,2})")
UNIT_OF_AMOUNT = re.compile(r"(?:[百千]?亿|[百千十]?万|[百千])?元")
AMOUNT_UNIT_NAME = re.compile(rf"(?:人民币)?{UNIT_OF_AMOUNT.pattern}")
_NAMED_UNIT = rf"(?:人民币\s*+)?{UNIT_OF_AMOUNT.pattern}[)）]?"
AMOUNT_UNIT = re.compile(rf"[（(]?(?:金额)?(?:单位|金额)\s*+(?:[:：]\s*+)?{_NAMED_UNIT}")
AMOUNT_UNIT_AT_END = re.compile(rf"[（(]?(?:金额)?单位\s*+[:：]\s*+{_NAMED_UNIT}$")
# A cell that only names the content of the next cell, in a row over a form.
UNIT_LABELS = frozenset(map(key, (
    "预算单位", "预算单位名称", "单位名称", "部门名称", "填报单位", "编报单位", "编制单位", "部门预算单位", "预算部门", "单位",
    "金额单位",
)))  # fmt: skip
UNIT_LINE = re.compile(
    r"(?:预算单位|单位名称|部门名称|主管部门|填报单位|编报单位|编制单位|项目单位|实施单位|部门预算单位|预算部门|部门|单位)"
    r"(?:名称|编码)?(?:[（(][^（()）]{1,4}[）)])?\s*[:：].+"
    r"|\d{6,9}(?!\d)\s*[\u4e00-\u9fff].+",
    re.S,  # a line break may split it
)
TABLE_NUMBER = re.compile(
    r"(?:公开|附|预算)?(?:表|附件)\d{1,2}(?:-\d{1,2})?表?|(?:公开|预算)\d{1,2}(?:-\d{1,2})?表|附[表件]"
)  # by its key
# A unit without its code: counts only right below a heading, or beside the amount unit.
UNIT_NAME = re.compile(
    r"[\u4e00-\u9fff（）()]{3,60}"
    r"(?:局|委员会|管委会|办公室|中心|政府|本级|办事处|学校|中学|小学|医院|法院|检察院|大队|支队|委|厅|院|馆|站|所|会|队|处|场"
    r"|部|办|联|团|镇|乡|街道|党校|幼儿园|公园|政协|科协|公司|集团|科|室|社|台|宫|库|署|庭)"
)
FORM_TITLE = re.compile(r".{0,120}绩效.{0,8}(?:表|书)(?:\([^()]{0,20}\))?")
YEAR_LINE = re.compile(  # below a title, by its key; a year alone may be the beginning of the title
    r"\((?:19|20)\d\d年?度?(?:[-—~至](?:19|20)\d\d年?度?|(?:\d{1,2}月?[-—~至])?\d{1,2}月|上半年)?\)|(?:19|20)\d\d年度(?:[-—~至](?:19|20)\d\d年度)?"
)
NOTE = re.compile(r"[（(]?(?:备注|注|说明|填表说明|填报说明)[)）]?\s*[:：].*", re.S)

# Headings of part one. A heading is a line of its own: ordinal, name, nothing else.
SECTIONS = {
    "overall_goals": ("总体绩效目标", "总体目标", "部门总体绩效目标", "整体绩效目标", "年度总体绩效目标", "部门整体支出绩效目标"),
    "itemised_goals": ("分项绩效目标", "分项目标", "分项绩效指标", "部门分项绩效目标", "年度分项绩效目标", "分项绩效目标及指标"),
    "safeguards": (
        "工作保障措施", "保障措施", "实现绩效目标的保障措施", "实现年度发展规划目标的保障措施", "绩效目标保障措施",
        "实现绩效目标保障措施",
        "部门工作保障措施", "实现年度绩效目标的保障措施",
    ),
}  # fmt: skip
PART_ONE = ("部门整体绩效目标", "整体绩效目标", "部门绩效目标", "单位整体绩效目标", "部门整体支出绩效目标")
PART_TWO = ("预算项目绩效目标", "项目绩效目标", "项目支出绩效目标", "预算项目绩效目标表", "部门预算项目绩效目标")
PART_TITLES = frozenset(key(title) for title in (*PART_ONE, *PART_TWO))
PART = re.compile(r"第[一二三四五六1-6]部分[:、.]?(.*)")
CONTENTS = re.compile(r"目[录次]")
# Leaders and the page number of the entry; the point of 67.8 is no leader.
CONTENTS_LEADERS = re.compile(r"(?:[\t…·‥]|(?<!\d)[.．])[\s.．…·‥\-—]{0,120}+\d{1,4}\s*+$")
PAGE_NUMBER = re.compile(r"(?<=\D)\d{1,4}\s*+$")  # of an entry without leaders
TITLE_LINE = re.compile(r"\A(?:.*[。，；])?+[^。，；年]*+年(?>[^。，；]*?(?:预算|绩效|公开))[^。，；]*+")
ISSUER = re.compile(r"(.*?)(?:关于|19|20|二[〇○零]|$)", re.S)
STATUS_LINE = re.compile(
    r"[（(].{1,12}[)）]|[\d〇○零一二三四五六七八九十]{2,4}年[\d〇零一二三四五六七八九十]{1,3}月(?:[\d一二三四五六七八九十]{1,3}日)?"
)

_FIELD_OF = {key(printed): field for field, forms in LABELS.items() for printed in forms}
_FIELD_OF |= {
    f"{key(printed)}({unit})": "plan"
    for printed in LABELS["plan"]
    for unit in ("%", "元", "百元", "千元", "万元", "百万元", "亿元")
}
_FIELD_OF |= {
    f"1{to}{month}月{rest}": field
    for field, month in MONTHS.items() for to in "-~—–至到" for rest in ("", "份", "底", "累计")
}  # fmt: skip
_FIELD_OF |= {
    f"{before}{key(printed)}": field
    for field in MONTHS for printed in LABELS[field] for before in ("截至", "截止", "至", "到")
    if "月" in printed
}  # fmt: skip
_FIELD_OF |= {
    f"{before}{number}季度{rest}": field
    for field, numbers in (("month_3", "一1"), ("month_6", "二2"), ("month_12", "四4"))
    for number in numbers for before in ("", "第", "前") for rest in ("", "末", "底", "累计")
    if before != "前" or number not in "一1四4"
}  # fmt: skip
_FIELD_OF |= {
    f"{name}{rest}": field for name, field in (("上半年", "month_6"), ("年", "month_12")) for rest in ("末", "底")
}
_UNIT_OF_LABEL = re.compile(
    rf"[（(]\s*+(?:(?:金额)?单位\s*+(?:[:：]\s*+)?)?(?:人民币)?({UNIT_OF_AMOUNT.pattern}|[%％])\s*+[)）]\s*+(?:[:：]\s*+)?$"
)
_ROW_LABELS = tuple(label for label, field in _FIELD_OF.items() if field in ROW_FIELDS)
_SECTION_OF = {key(printed): section for section, forms in SECTIONS.items() for printed in forms}
LONGEST_LABEL = 40  # characters with white space; longer cells are no labels
_FIRST_SIGNS = frozenset(label[0] for label in _FIELD_OF)
_FIRST_OF_OTHERS = frozenset(label[0] for label in OTHER_LABELS)
FIRST_OF_COLUMNS = _FIRST_SIGNS | _FIRST_OF_OTHERS | frozenset(label[0] for label in RESULT_COLUMNS) | {"截"}


def begins_with_other(cell: str, signs: frozenset[str]) -> bool:
    """Whether a cell begins with a Chinese character, which no key changes, that is none of the signs: spares most the key."""
    return "一" <= cell[:1] <= "鿿" and cell[0] not in signs


@lru_cache(maxsize=1 << 15)
def field_of(cell: str) -> str | None:
    """The field that a cell is the label of, or None; money and months may have their unit in brackets."""
    if len(cell) >= LONGEST_LABEL or begins_with_other(cell, _FIRST_SIGNS):
        return None
    field = _FIELD_OF.get(key(cell))
    if field is None and (unit := _UNIT_OF_LABEL.search(cell)):
        field = _FIELD_OF.get(key(cell[: unit.start()]))
        return field if field in MONEY_FIELDS or field in MONTHS else None
    return field


def has_head_label(cells: list[str]) -> bool:
    """Whether one of some cells is the label of a head."""
    return HEAD_SIGN in "".join(cells) and not HEAD_FIELDS.isdisjoint(map(field_of, cells))


@lru_cache(maxsize=1 << 10)
def unit_of_label(cell: str) -> str | None:
    """The amount unit printed in the label of an amount, with its brackets: 预算数（万元）."""
    return unit_at_end(cell) if field_of(cell) in MONEY_FIELDS else None


def unit_at_end(cell: str) -> str | None:
    """The amount unit at the end of a label, with its brackets: 项目资金（万元）."""
    unit = _UNIT_OF_LABEL.search(cell) if len(cell) < LONGEST_LABEL else None
    return unit[0].strip() if unit and "元" in unit[1] else None


def amount_unit_in(text: str) -> str:
    """The amount unit named in a text: 万元 of 金额单位：人民币万元."""
    found = UNIT_OF_AMOUNT.findall(key(text))
    return found[-1] if found else ""


@lru_cache(maxsize=1 << 12)
def is_unit_line(cell: str) -> bool:
    """Whether a cell is the line of the unit, of the amount unit, or blank."""
    text = cell.strip()
    if not text or len(text) > 60:
        return not text
    return AMOUNT_UNIT.fullmatch(text) is not None or UNIT_LINE.fullmatch(text) is not None


@lru_cache(maxsize=1 << 12)
def is_other_label(cell: str) -> bool:
    """Whether a cell is a label that no table has a column for, be it with its value behind a colon."""
    if begins_with_other(cell, _FIRST_OF_OTHERS):
        return False
    head = cell.replace("：", ":").partition(":")[0]
    return len(head) < LONGEST_LABEL and key(head) in OTHER_LABELS


@lru_cache(maxsize=1 << 15)
def is_result_label(cell: str) -> bool:
    """Whether a cell is the label of a result (全年执行数): its form has no targets."""
    return _is_result(cell, RESULT_LABELS)


def is_result_column(cell: str) -> bool:
    """Whether a cell is the label of a result (实际完成值, 得分) among the columns of an indicator table."""
    return _is_result(cell, RESULT_COLUMNS)


def _is_result(cell: str, known: frozenset[str]) -> bool:
    if not cell or len(cell) >= LONGEST_LABEL:
        return False
    label = key(cell)
    if label.endswith(")"):
        label = RESULT_FORMULA.sub("", label)
    return label in known or ("月" in label and RESULT_MONTHS.fullmatch(label) is not None)


def completes_row_label(head: str, tail: str) -> bool:
    """Whether two cells are the pieces of one label of a row (预算规模及资 + 金用途, 资金 + 支出计划)."""
    return bool(head.strip() and tail.strip()) and _FIELD_OF.get(key(head + tail)) in ROW_FIELDS


def section_of(line: str) -> str | None:
    """The narrative section that a line is the heading of, ordinal and colon aside."""
    return _SECTION_OF.get(key(without_ordinal(line.strip()))) if len(line) < LONGEST_LABEL else None


def _level_names(path: Path) -> dict[int, frozenset[str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [(int(row["level"]), key(row["printed_text"])) for row in csv.DictReader(lines)]
    return {level: frozenset(name for at, name in rows if at == level) for level in (1, 2)}


SEED = SEEDS / "indicator_category_alias.csv"
LEVELS = _level_names(SEED)
_FIRST_OF_LEVELS = frozenset(name[0] for names in LEVELS.values() for name in names)


def begins_row_label(head: str, tail: str, has_labels: bool) -> bool:
    """Whether two pieces begin a label of a row, of which a third is still to come (预算规模 + 及).

    Few characters may be the rest of a text as well, unless the row continues with labels (资金 + 支, 3月底).
    """
    whole = key(head + tail)
    return (
        (has_labels or len(whole) > 3)
        and field_of(tail) is None
        and any(label.startswith(whole) for label in _ROW_LABELS)
    )


@lru_cache(maxsize=1 << 15)
def is_level(cell: str, level: int) -> bool:
    """Whether a cell prints the name of an indicator category of that level."""
    return len(cell) < LONGEST_LABEL and not begins_with_other(cell, _FIRST_OF_LEVELS) and key(cell) in LEVELS[level]


def is_category(cell: str) -> bool:
    """Whether a cell prints the name of an indicator category of either level."""
    return is_level(cell, 1) or is_level(cell, 2)
