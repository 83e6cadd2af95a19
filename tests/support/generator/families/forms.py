"""The forms of the families, each as a table and what it holds."""

from random import Random

from tests.support.generator.families.model import (
    GOALS,
    NAMES,
    REASONS,
    RESULTS,
    UNITS,
    Indicator,
    Project,
    amount,
    indicators,
)
from tests.support.generator.families.sheet import Sheet, shown
from tests.support.generator.spans import SpanTable

TARGETS = ("指标值", "年度指标值", "指标目标值", "目标值", "预期指标值", "绩效指标值")
Made = tuple[SpanTable, list[Project]]


class CardMaker:
    """One form of one project: head, money, goals, indicators."""

    WIDTH = 8

    def __init__(self, random: Random):
        self.random, self.sheet = random, Sheet(self.WIDTH)
        self.project = Project(random.choice(NAMES) + random.choice(("", "", "项目", "（二期）")))
        self.has_points, self.is_short = random.random() < 0.2, random.random() < 0.2
        self.is_spaced = random.random() < 0.1

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def title(self, text: str) -> None:
        self.sheet.row(text)
        if self.chance(0.8):
            self.sheet.row(self.random.choice(("（2023年度）", "（ 2023 年度）", "（2023年）")))

    def keep(self, label: str, value: str) -> str:
        self.project.attributes.append((label.rstrip("："), value))
        return value

    def head(self) -> None:
        unit, random = self.random.choice(UNITS), self.random
        label = random.choice(("项目名称",) * 8 + ("专项（项目）名称", "转移支付（项目）名称"))
        if self.chance(0.2):
            self.sheet.row((label, 1), (self.project.name, 3), ("项目负责人及联系电话", 2), ("某某13800138000", 2))
        else:
            self.sheet.row(label, self.project.name)
        department, implementer = random.choice(
            (("主管部门", "实施单位"), ("主管部门及代码", "实施单位"), ("项目主管部门", "项目实施单位"))
        )
        code = f"[{random.randint(100, 999)}]" if "代码" in department else ""
        self.sheet.row(department, (self.keep(department, code + unit), 3), implementer, self.keep(implementer, unit))
        if self.chance(0.4):
            kind, period = random.choice(
                (("项目属性", "项目期"), ("项目类别", "项目期限"), ("项目性质", "项目起止时间"))
            )
            self.sheet.row(kind, (self.keep(kind, "延续性项目"), 3), period, self.keep(period, "1年"))

    def money(self) -> None:
        random, funds = self.random, self.project.funds
        unit = random.choice(("（万元）", "\n（万元）", "（元）", ""))
        names = [
            "年度资金总额",
            *random.sample(
                ("其中：财政拨款", "上年结转", "其他资金", "其中：中央补助", "市级资金"), random.randint(1, 4)
            ),
        ]
        is_glued, colon = self.chance(0.15), random.choice(("", "："))
        if self.chance(0.1):
            self._money_below(names, unit)
            return
        if self.chance(0.1):
            self._money_in_a_text(names)
            return
        first = None
        for name in names:
            value = amount(random)
            label = name + colon
            cells = [(f"{name}：{value}", 7)] if is_glued and value else [(label, 3), (value, 4)]
            row = self.sheet.row(random.choice(("项目资金", "资金情况")) + unit if first is None else "", *cells)
            first = row if first is None else first
            funds.append((name, "", value))
        assert first is not None
        self.sheet.down(first, 0)

    def _money_below(self, names: list[str], unit: str) -> None:
        """Labels in one row, the amounts in the row below."""
        values = [amount(self.random) for _ in names]
        values[0] = values[0] or "12.00"
        first = self.sheet.row("资金情况" + unit, *names, *[""] * (self.WIDTH - 2 - len(names)), "")
        self.sheet.row("", *values, *[""] * (self.WIDTH - 2 - len(names)), "")
        self.sheet.down(first, 0)
        self.project.funds += [(name, "", value) for name, value in zip(names, values, strict=True)]

    def _money_in_a_text(self, names: list[str]) -> None:
        """All amounts with their labels in one cell."""
        values = [f"{self.random.randint(0, 9999)}.50万元" for _ in names]
        pairs = list(zip([name.removeprefix("其中：") for name in names], values, strict=True))
        self.sheet.row("资金总额及构成", "；".join(f"{name}：{value}" for name, value in pairs))
        self.project.funds += [(name, "", value) for name, value in pairs]

    def end(self) -> None:
        """What stands below the indicators: persons, who are in no table."""
        if self.chance(0.3):
            self.sheet.row(("填报人：张三", 4), "联系电话：13800138000")
        elif self.chance(0.2):
            self.sheet.row("填报人：", ("张三", 3), "单位负责人：", "李四")

    def goals(self) -> None:
        label = self.random.choice(("总体目标", "年度目标", "年度总体目标", "年度绩效目标"))
        text = self.random.choice(GOALS)
        if self.chance(0.2):
            texts = self.random.sample(GOALS, 2)
            self.sheet.row(label, "\n".join(f"目标{at}：{one}" for at, one in enumerate(texts, 1)))
            self.project.goals += [(label, one) for one in texts]
            return
        if self.chance(0.4):
            first = self.sheet.row(label, "年度目标")
            self.sheet.row("", text)
            self.sheet.down(first, 0)
            label = "年度目标"
        else:
            self.sheet.row(label, text)
        self.project.goals.append((label, text))

    def table(self, extra: dict[str, str], target: str, label: str = "绩效指标", term: str = "") -> None:
        """A table of indicators; `extra` is, for each further column, what its cells print, `?` for any."""
        random = self.random
        rows = indicators(random)
        has_lead, is_merged, has_template = self.chance(0.6) or bool(term), self.chance(0.7), self.chance(0.15)
        head = ["一级指标", "二级指标", "三级指标", target, *extra]
        first = self.sheet.row(*([label] if has_lead else []), *head)
        keys = [(self._points(row.level1), self._short(row.level2)) for row in rows]
        for at, row in enumerate(rows):
            row.level1, row.level2 = keys[at]
            row.term = term
            row.cells = {name: text for name, value in extra.items() if (text := self._cell(value))}
            name = f"指标1：{row.name}" if has_template else row.name
            row.name = name
            cells = [*shown(keys, at, is_merged), name, row.target, *[row.cells.get(column, "") for column in extra]]
            self.sheet.row(*([""] if has_lead else []), *cells)
        for level2 in ("生态效益指标", "可持续影响指标") if self.chance(0.15) else ():  # nobody filled them in
            self.sheet.row(*([""] if has_lead else []), "效益指标", level2, *[""] * (2 + len(extra)))
        lead = int(has_lead)
        if is_merged:
            self.sheet.down_runs(first + 1, [lead, lead + 1], keys)
        if has_lead:
            self.sheet.down(first, 0)
        self.project.indicators += rows

    def _points(self, level1: str) -> str:
        if self.is_spaced:
            return " ".join(level1)
        return f"{level1}（{20 + len(level1)}分）" if self.has_points else level1

    def _short(self, level2: str) -> str:
        return level2.removesuffix("指标") if self.is_short else level2

    def _cell(self, value: str) -> str:
        choices = {
            "weight": ("10", "20", "5"),
            "result": RESULTS,
            "reason": REASONS,
            "score": ("10", "9.5", "0"),
            "note": ("", "无"),
        }
        return self.random.choice(choices[value])

    @property
    def made(self) -> Made:
        self.end()
        return self.sheet.table, [self.project]


def target_card(random: Random) -> Made:
    maker = CardMaker(random)
    maker.title("项目支出绩效目标表")
    maker.head()
    maker.money()
    maker.goals()
    extra = random.choice(({}, {"分值权重（90）": "weight"}, {"权重": "weight"}, {"备注": "note"}))
    maker.table(extra, random.choice(TARGETS))
    return maker.made


def two_terms(random: Random) -> Made:
    """Mid-term and annual figures side by side."""
    maker = CardMaker(random)
    maker.title("项目支出绩效目标申报表")
    maker.head()
    sheet, project = maker.sheet, maker.project
    first = None
    for name in ("总额", "其中：财政拨款", "其他资金"):
        label, other = (f"中期资金{name}", f"年度资金{name}") if name == "总额" else (name, name)
        values = amount(random), amount(random)
        row = sheet.row(
            "项目资金（万元）" if first is None else "", (f"{label}：", 2), (values[0], 2), (f"{other}：", 2), values[1]
        )
        first = row if first is None else first
        heads = ("", "年度资金总额") if name == "总额" else ("中期资金总额", "年度资金总额")
        project.funds += [(label, heads[0], values[0]), (other, heads[1], values[1])]
    sheet.down(first, 0)
    goals = random.sample(GOALS, 2)
    labels = "中期目标（2023年—2025年）", "年度目标"
    first = sheet.row("总体目标", (labels[0], 4), labels[1])
    sheet.row("", (goals[0], 4), goals[1])
    sheet.down(first, 0)
    project.goals += list(zip(labels, goals, strict=True))
    rows = indicators(random)
    first = sheet.row("绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值")
    keys = [(row.level1,) for row in rows]
    for at, row in enumerate(rows):
        annual = random.choice((row.target, "≥99%"))
        sheet.row("", *shown(keys, at, True), row.level2, row.name, row.target, row.level2, row.name, annual)
        project.indicators += [
            Indicator(row.level1, row.level2, row.name, row.target, "中期"),
            Indicator(row.level1, row.level2, row.name, annual, "年度"),
        ]
    sheet.down_runs(first + 1, [1], keys)
    sheet.down(first, 0)
    return maker.made


def project_card(random: Random) -> Made:
    """A project of two levels, its whole investment beside the year's money."""
    maker = CardMaker(random)
    maker.title("省级部门预算项目支出绩效目标表")
    sheet, project = maker.sheet, maker.project
    sheet.row("一级项目名称", (maker.keep("一级项目名称", "专项资金"), 3), "二级项目名称", project.name)
    sheet.row("项目类型", (maker.keep("项目类型", "新增项目"), 3), "项目分类", maker.keep("项目分类", "专项工作经费"))
    for pair in (("项目总投资", "中央补助安排"), ("省级财政安排", "其他资金")):
        values = [
            f"{value}万元" if value and random.random() < 0.8 else value for value in (amount(random), amount(random))
        ]
        sheet.row(pair[0], (values[0], 3), pair[1], values[1])
        project.funds += [(label, "", value) for label, value in zip(pair, values, strict=True)]
    budget = f"{random.randint(1, 900)}万元"
    sheet.row("预算申报数", (budget, 3), "资金性质", maker.keep("资金性质", "一般公共预算"))
    project.funds.append(("预算申报数", "", budget))
    sheet.row("基本情况", maker.keep("基本情况", random.choice(GOALS)))
    sheet.row("项目立项必要性", maker.keep("项目立项必要性", random.choice(GOALS)))
    sheet.row(
        "项目主管部门", (maker.keep("项目主管部门", UNITS[0]), 3), "项目实施单位", maker.keep("项目实施单位", UNITS[1])
    )
    maker.goals()
    maker.table({}, random.choice(TARGETS))
    return maker.made


def declaration(random: Random) -> Made:
    """Long texts, a schedule, goals and indicators of the whole project and of the year one below the other."""
    maker = CardMaker(random)
    maker.title("项目支出绩效目标申报表")
    maker.head()
    sheet, project = maker.sheet, maker.project
    for label in ("立项依据", "项目概况"):
        sheet.row(label, maker.keep(label, random.choice(GOALS)))
    maker.money()
    first = sheet.row("项目实施进度计划", ("项目实施内容", 3), ("开始时间", 2), "完成时间")
    for number in range(random.randint(1, 3)):
        cells = f"阶段{number + 1}", "2023年1月", "2023年12月"
        sheet.row("", (cells[0], 3), (cells[1], 2), cells[2])
        project.attributes += [("项目实施进度计划", text) for text in cells]
    sheet.down(first, 0)
    goals = random.sample(GOALS, 2)
    first = sheet.row("项目绩效目标", ("长期目标", 4), "年度目标")
    sheet.row("", (goals[0], 4), goals[1])
    sheet.down(first, 0)
    project.goals += [("长期目标", goals[0]), ("年度目标", goals[1])]
    maker.table({}, "指标值", "长期绩效指标", "长期")
    maker.table({}, "指标值", "年度绩效指标", "年度")
    if maker.chance(0.5):
        sheet.row("其他需要说明的问题", maker.keep("其他需要说明的问题", "无"))
    return maker.made


def _results(maker: CardMaker, columns: list[str], goals: tuple[str, str]) -> None:
    """Money by columns, and goals beside what came of them."""
    sheet, project, random = maker.sheet, maker.project, maker.random
    first = sheet.row("项目资金（万元）", ("", 2), *columns)
    for name in ("年度资金总额", "其中：财政拨款", "其他资金"):
        values = [amount(random) if "数" in column else random.choice(("10", "95%", "-", "")) for column in columns]
        sheet.row("", (name, 2), *values)
        project.funds += [(name, column, value) for column, value in zip(columns, values, strict=True) if value]
    sheet.down(first, 0)
    texts = random.sample(GOALS, 2)
    first = sheet.row("年度总体目标", (goals[0], 4), goals[1])
    sheet.row("", (texts[0], 4), texts[1])
    sheet.down(first, 0)
    project.goals.append((goals[0], texts[0]))
    project.attributes.append((goals[1], texts[1]))


def self_evaluation(random: Random) -> Made:
    maker = CardMaker(random)
    maker.title("项目支出绩效自评表")
    maker.head()
    _results(maker, ["年初预算数", "全年预算数（A）", "全年执行数（B）", "分值", "得分"], ("预期目标", "实际完成情况"))
    maker.table({"实际完成值": "result", "分值": "weight", "得分": "score"}, "年度指标值")
    if maker.chance(0.6):
        maker.sheet.row("其他需要说明事项", maker.keep("其他需要说明事项", "无"))
    return maker.made


def monitoring(random: Random) -> Made:
    maker = CardMaker(random)
    maker.title("项目支出绩效运行监控表")
    maker.head()
    _results(
        maker,
        ["年初预算数", "1-6月执行数", "1-6月执行率", "全年预计执行数", "备注"],
        ("年度绩效目标", "1-6月目标完成情况"),
    )
    maker.table({"1-6月执行情况": "result", "全年预计完成情况": "result", "完成目标可能性": "note"}, "年度指标值")
    return maker.made


def target_list(random: Random, has_money: bool = True) -> Made:
    """A row per indicator; the project's cells merged down, repeated, or blank below the first."""
    style = random.choice(("merged", "repeated", "blank"))
    extra = random.choice((
        {"指标性质": ("≥", "≤", "="), "度量单位": ("人", "%", "个"), "权重": ("10", "20"), "指标方向性": ("正向指标", "反向指标")},
        {"指标性质": ("正向", "反向"), "指标方向": ("大于等于", "小于等于"), "计量单位": ("人", "%"), "分值": ("10", "5")},
        {},
    ))  # fmt: skip
    target = random.choice(("指标值", "目标值"))
    money = ("预算数",) if has_money else ()
    own = 3 + len(money)
    sheet = Sheet(own + 4 + len(extra))
    sheet.row("部门预算项目绩效目标申报表（2023年度）")
    sheet.row("金额单位：元")
    sheet.row("单位名称", "项目名称", *money, "年度目标", "一级指标", "二级指标", "三级指标", target, *extra)
    if random.random() < 0.4:
        sheet.row("820-某县部门", "", *["8,827,620.53" for _ in money], *[""] * (5 + len(extra)))
    projects = []
    for name in random.sample(NAMES, random.randint(1, 4)):
        unit = f"82000{random.randint(1, 3)}-{random.choice(UNITS)}"
        project = Project(
            name,
            funds=[(label, "", f"{random.randint(1, 999)}0.00") for label in money],
            goals=[("年度目标", random.choice(GOALS))],
        )
        rows = indicators(random)
        keys = [(unit, name, *[fund[2] for fund in project.funds], project.goals[0][1])] * len(rows)
        first = None
        for at, row in enumerate(rows):
            value = random.choice(("95", "100", row.target)) if extra else row.target
            row.target, row.cells = value, {label: random.choice(texts) for label, texts in extra.items()}
            printed = keys[at] if style == "repeated" or at == 0 else ("",) * own
            made = sheet.row(*printed, row.level1, row.level2, row.name, value, *row.cells.values())
            first = made if first is None else first
        if style == "merged":
            sheet.down_runs(first, list(range(own)), keys)
        project.indicators, project.attributes = rows, [("unit", unit)]
        projects.append(project)
    if random.random() < 0.3:
        sheet.row("合计", "", *["9,999.00" for _ in money], *[""] * (5 + len(extra)))
    return sheet.table, projects


def list_with_money(random: Random) -> tuple[list[SpanTable], list[Project]]:
    """云南: a wide table without money, and the money and codes of its projects in a list before it or behind it."""
    table, projects = target_list(random, has_money=False)
    sheet = Sheet(5)
    sheet.row("项目支出预算表")
    sheet.row("单位：元")
    sheet.row("项目分类", "项目代码", "项目名称", "项目单位", "合计")
    for project in random.sample(projects, len(projects)):
        unit = next(text for label, text in project.attributes if label == "unit")
        project.code = f"5309232410000000{random.randint(1000, 9999)}"
        project.funds = [("合计", "", f"{random.randint(1, 999)}0.00")]
        sheet.row("专项业务类", project.code, project.name, unit, project.funds[0][2])
    sheet.row("合计", "", "", "", "9,999.00")
    tables = [sheet.table, table]
    return (tables if random.random() < 0.7 else tables[::-1]), projects


def three_years(random: Random) -> Made:
    """湖北: the target of this year beside those of the years before, below a label of all three."""
    maker = CardMaker(random)
    maker.title("项目支出绩效目标表")
    maker.head()
    maker.money()
    maker.goals()
    sheet, rows = maker.sheet, indicators(random)
    first = sheet.row("年度绩效指标", "一级指标", "二级指标", "指标名称", ("指标值", 3), "备注")
    sheet.row("", "", "", "", "前年", "上年", "预计当年实现", "")
    for column in (1, 2, 3, 7):
        sheet.down(first, column, first + 1)
    for row in rows:
        before = random.sample(("90%", "80人", "3处", "5座"), 2)
        row.cells, row.term = {"前年": before[0], "上年": before[1]}, "年度"
        sheet.row("", row.level1, row.level2, row.name, *before, row.target, "")
    sheet.down(first, 0)
    maker.project.indicators += rows
    return maker.made


ALONE = ("list_with_money",)  # families of which a document holds one form
FAMILIES = {
    "target_card": target_card, "two_terms": two_terms, "project_card": project_card, "declaration": declaration,
    "self_evaluation": self_evaluation, "monitoring": monitoring, "target_list": target_list, 
    "list_with_money": list_with_money, "three_years": three_years,
}  # fmt: skip
