"""Documents with known truth: what their forms hold, before anything is printed.

`documents` streams them. A text is written as printed; a blank is None. What staging must hold follows in `truth.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from tests.support.generator import vocabulary
from tests.support.generator.irregularities import Dice
from tests.support.generator.part_one import ItemTruth, Node, SectionMaker, flattened
from tests.support.generator.vocabulary import Words

MONTHS = (3, 6, 10, 12)


@dataclass(slots=True)
class Indicator:
    level1: str | None
    level2: str | None
    level3: str | None = None
    description: str | None = None
    target: str | None = None
    basis: str | None = None

    @property
    def is_empty(self) -> bool:
        return not any((self.level3, self.description, self.target, self.basis))


@dataclass(slots=True)
class Form:
    """One 绩效目标表. `indicators` holds None for a printed row without any text; None: no indicator table."""

    name: str
    code: str | None
    heading: str | None
    unit: str | None
    unit_code: str | None
    unit_name: str | None
    amount_unit: str | None
    budget: str | None
    fiscal: str | None
    other: str | None
    purpose: str | None
    plan_header: str
    plan: dict[int, str | None]
    goals: list[str]
    goal_numbers: str  # how goals are numbered: "1." …, "rows" (目标 1), "terms" (年度目标), "" none
    blank_goal_row: bool
    indicators: list[Indicator | None] | None
    names_first: bool
    month_labels: dict[int, str] = field(default_factory=lambda: {month: f"{month}月底" for month in MONTHS})
    note: str | None = None
    loose: str | None = None  # a paragraph before the form
    struck: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Section:
    kind: str
    heading: str
    title: str  # the name without ordinal
    lines: list[str] = field(default_factory=list)
    items: list[ItemTruth] = field(default_factory=list)
    has_slips: bool = False
    table: list[list[str]] | None = None


@dataclass(slots=True)
class Document:
    number: int
    county: str
    county_code: str
    department: str
    unit_code: str
    year: int
    sections: list[Section]
    forms: list[Form]
    dice: Dice
    struck: set[str] = field(default_factory=set)  # of the document itself

    @property
    def unit_name(self) -> str:
        return self.county + self.department


def documents(seed: int, forms: int, only: frozenset[str] | None = None) -> Iterator[Document]:
    """Documents with `forms` forms in all. Each has a seed of its own: the n-th is the same whatever came before."""
    number = done = 0
    while done < forms:
        made = document(seed, number, only)
        made.forms = made.forms[: forms - done]
        done += len(made.forms)
        yield made
        number += 1


def document(seed: int, number: int, only: frozenset[str] | None = None) -> Document:
    random = Random(f"{seed}-{number}")
    dice = Dice(random, random.choice((0.0, 0.3, 0.3, 1.0, 1.0, 1.0, 2.0)) if only is None else 0.0, only)
    county_code, county = random.choice(vocabulary.counties())
    department = random.choice(vocabulary.DEPARTMENTS)
    year = random.choice((2021, 2022, 2023, 2023, 2024, 2025))
    unit_code = f"{random.randint(101, 899)}{random.randint(1, 9):03}"
    made = Document(number, county, county_code, department, unit_code, year, [], [], dice)
    made.sections = [] if dice("no_part_one") else _sections(made, random, dice)
    made.struck = set(dice.struck)
    count = random.choice((1, 2, 3, 4, 5, 8, 12)) if only is None else random.choice((1, 2))
    amount_unit = random.choice(("万元", "万元", "元", "千元"))
    for _ in range(count):
        dice.struck = set()
        form = _form(made, random, dice, amount_unit)
        form.struck = dice.struck
        made.forms.append(form)
    return made


def list_rows(made: Document) -> list[list[str]]:
    """A list of the projects of a document with their budgets, its header first."""
    random = made.dice.random
    header = random.choice(vocabulary.LIST_HEADERS)
    rows = [list(header)]
    for number, form in enumerate(made.forms, 1):
        known = {
            "序号": str(number),
            "项目名称": form.name,
            "项目编码": form.code or "无",
            "项目代码": form.code or "无",
            "备注": "无",
        }
        rows.append([known.get(label, f"{random.randint(1, 999)}.00") for label in header])
    return rows


# Part one


def _sections(made: Document, random: Random, dice: Dice) -> list[Section]:
    words = Words(random, made.county, made.department, made.year)
    bracketed = dice("bracketed_headings")
    names = (
        ("overall_goals", "总体绩效目标"),
        ("itemised_goals", "分项绩效目标"),
        ("safeguards", random.choice(("工作保障措施", "工作保障措施", "实现绩效目标的保障措施"))),
    )
    sections = []
    for number, (kind, title) in zip("一二三", names, strict=True):
        maker = SectionMaker(words, random, dice)
        heading = f"（{number}）{title}" if bracketed else f"{number}、{title}"
        section = Section(kind, heading, title)
        has_table = kind == "itemised_goals" and dice("narrative_table")
        nodes = maker.paragraphs() if has_table else maker.nodes()
        if dice("repeated_title"):
            nodes.insert(0, Node(title, is_heading=True, repeats_heading=True))
        if has_table:
            section.table = _narrative_table(words, random)
        rows = ["".join(row) for row in section.table or ()]
        section.lines, section.items = flattened(nodes, rows)
        section.has_slips = maker.has_slips
        sections.append(section)
    if sections[1].table is None and dice("duplicated_section"):
        sections.insert(2, sections[1])
    return sections


def _narrative_table(words: Words, random: Random) -> list[list[str]]:
    return [["职责活动", "年度目标", "评价标准"]] + [
        [words.one_of(("{o}{v}", "{o2}{v2}")), words.fill("{v}{n}{u}"), words.fill("完成率{n}%以上为优")]
        for _ in range(random.randint(1, 3))
    ]


# Forms


def _form(made: Document, random: Random, dice: Dice, amount_unit: str) -> Form:
    before = made.forms[-1] if made.forms else None
    words = Words(random, made.county, made.department, made.year)
    name = words.project_name()
    if dice("document_number_name"):
        name = words.one_of(vocabulary.DOCUMENT_NUMBERS) + random.choice(("", name, "文"))
    code = None if dice("no_code") else _code(made, random, dice)
    if before and dice("same_name"):
        name = before.name
    elif before and before.code and dice("same_code"):
        name, code = before.name, before.code
    unit, unit_code, unit_name = _unit(made, random, dice, before)
    in_cells = dice("amount_unit_in_cells")
    budget, fiscal, other, total = _money(random, dice, amount_unit, in_cells)
    plan_header, plan = _plan(random, dice, total, amount_unit)
    goals, goal_numbers, blank_goal_row = _goals(random, dice, words)
    form = Form(
        name=name, code=code, heading=_heading(made, random, dice, name), unit=unit, unit_code=unit_code,
        unit_name=unit_name, amount_unit=None if in_cells else _amount_unit(random, dice, amount_unit),
        budget=budget, fiscal=fiscal, other=other, purpose=_purpose(random, dice, words), plan_header=plan_header,
        plan=plan, goals=goals, goal_numbers=goal_numbers, blank_goal_row=blank_goal_row,
        indicators=_indicators(random, dice, words), names_first=dice("name_first"),
    )  # fmt: skip
    if dice("quarters"):
        style = random.choice((("", ""), ("第", ""), ("", "末"), ("第", "末")))
        form.month_labels = {month: name.format(*style) for month, name in vocabulary.QUARTERS.items()}
    if dice("note_below"):
        form.note = words.one_of(vocabulary.NOTES)
    if dice("loose_paragraph"):
        form.loose = random.choice(tuple(vocabulary.LOOSE))
    return form


def _code(made: Document, random: Random, dice: Dice) -> str:
    def some(count: int) -> str:
        return "".join(random.choice("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") for _ in range(count))

    year = made.year - random.choice((0, 0, 0, 1, 2))
    integrated = f"{made.county_code}{year % 100:02}P{some(6)}1{random.randint(1, 9999):04}{some(1)}"
    if not dice("odd_code"):
        return integrated
    return random.choice(
        (
            f"{made.unit_code[:3]}-{random.randint(1, 12):02}{random.randint(1, 9):02}-{random.choice('JY')}BN-{some(4)}",
            f"{made.county_code}21{some(13)}",
            integrated[:12] + integrated[13:],
            f"{made.county_code}24{random.choice('TYA')}{random.randint(0, 10**12 - 1):012}",
        )
    )


def _heading(made: Document, random: Random, dice: Dice, name: str) -> str | None:
    if dice("no_heading"):
        return None
    if dice("name_heading"):
        return name
    number = len(made.forms) + 1
    style = Random(f"heading {made.number}").choice(("{}.", "{}、", "{}. ", "（{}）", "", "{}．"))
    chinese = "一二三四五六七八九十"
    ordinal = style.format(chinese[number - 1] if "（" in style and number <= 10 else number)
    return f"{ordinal}{name}{random.choice(('', '', '', '项目'))}绩效目标表"


def _unit(made: Document, random: Random, dice: Dice, before: Form | None) -> tuple[str | None, str | None, str | None]:
    if dice("no_unit"):
        return None, None, None
    code, name = made.unit_code, made.unit_name
    if dice("other_unit"):
        code, name = (
            f"{made.unit_code[:3]}{random.randint(10, 99):03}",
            made.county + random.choice(vocabulary.DEPARTMENTS),
        )
    if dice("unit_without_code"):
        code = None
    prefix = random.choice(("预算单位：", "单位名称：", "预算单位:")) if dice("unit_prefix") or code is None else ""
    return f"{prefix}{code or ''}{name}", code, name


def _amount_unit(random: Random, dice: Dice, unit: str) -> str:
    if not dice("odd_amount_unit"):
        return f"单位：{unit}"
    return random.choice(
        (f"单位: {unit}", f"单位:{unit}", f"金额单位：{unit}", f"（单位：{unit}）", f"单位：人民币{unit}")
    )


def _money(random: Random, dice: Dice, unit: str, in_cells: bool) -> tuple[str | None, str | None, str | None, int]:
    total = random.choice((20_0000, 2_2000, 100_0000, 5_0000, random.randint(1, 99999) * 100))  # yuan
    own = random.choice((0, 0, 0, total // 2 // 100 * 100))
    factor = {"万元": 10_000, "千元": 1_000, "元": 1}[unit]
    style = random.choice(("{:.2f}", "{:.2f}", "{:g}"))

    def printed(yuan: int) -> str:
        if style == "{:g}":
            text = f"{yuan / factor:.4f}".rstrip("0").rstrip(".")
        elif unit == "元" and random.random() < 0.1:
            text = f"{yuan:,.2f}"
        else:
            text = f"{yuan / factor:.2f}"
        return f"{text}{random.choice((' ', ' ', ''))}{unit}" if in_cells else text

    budget, fiscal = printed(total), printed(total - own)
    other = printed(own) if own else None
    if dice("blank_budget"):
        budget = None
    if not own and dice("odd_funds"):
        other = random.choice(("0", "0.00", "无", "—", "-"))
    if dice("word_in_money"):
        other = random.choice(("待定", "见附件"))
    return budget, fiscal, other, total


def _purpose(random: Random, dice: Dice, words: Words) -> str | None:
    if dice("no_purpose"):
        return None
    if dice("long_text"):
        return words.long_text(random.choice((40, 150)))
    text = words.one_of(vocabulary.PURPOSES)
    if dice("lines_in_purpose"):
        text += "\n" + words.one_of(vocabulary.PURPOSES)
    return text


def _plan(random: Random, dice: Dice, total: int, unit: str) -> tuple[str, dict[int, str | None]]:
    header = "资金支出计划（%）"
    shares = random.choice(((25, 50, 75, 100), (25, 50, 83.33, 100), (0, 0, 60, 100), (100,) * 4, (10, 45, 80, 100)))
    if dice("amounts_in_plan"):
        factor = {"万元": 10_000, "千元": 1_000, "元": 1}[unit]
        header = random.choice((header, header, f"资金支出计划（{unit}）"))
        values = [f"{total * share / 100 / factor:.2f}" for share in shares]
    elif dice("percent_in_plan"):
        values = [f"{share:.2f}%" if random.random() < 0.3 else f"{share:g}%" for share in shares]
    else:
        form = random.choice(("{:.2f}", "{:g}"))
        values = [form.format(share) for share in shares]
    plan: dict[int, str | None] = dict(zip(MONTHS, values, strict=True))
    if dice("blank_plan"):
        return header, dict.fromkeys(MONTHS)
    if dice("blank_points"):
        for month in random.sample(MONTHS, random.randint(1, 3)):
            plan[month] = None
    return header, plan


def _goals(random: Random, dice: Dice, words: Words) -> tuple[list[str], str, bool]:
    """Goals, how they are numbered, and whether a row without text is printed too."""
    if dice("goal_terms"):
        return [words.one_of(vocabulary.GOALS) for _ in range(2)], "terms", False
    blank = dice("blank_goal")
    count = random.choice((1, 1, 2, 3))
    goals = [words.one_of(vocabulary.GOALS) for _ in range(count)]
    if dice("lines_in_goal"):
        goals[0] = f"{goals[0].rstrip('。；')}，\n其中{words.fill('{town}')}{words.one_of(vocabulary.GOALS)}"
    if dice("goal_rows"):
        return goals, "rows", blank
    if blank:
        return [], "", False
    if dice("numbered_goals") or count > 1:
        return goals, random.choice(("{}.", "{}、", "（{}）", "{}．", "{}、")), False
    return goals, "", False


def _indicators(random: Random, dice: Dice, words: Words) -> list[Indicator | None] | None:
    if dice("no_indicator_table"):
        return None
    if dice("only_empty_rows"):
        return [None]
    scheme = list(vocabulary.NEW_SCHEME if dice("new_scheme") else vocabulary.OLD_SCHEME)
    if dice("unknown_level1"):
        scheme.insert(random.randint(1, len(scheme)), random.choice(vocabulary.UNKNOWN_LEVELS))
    other_names = dice("other_level_names")
    most = 4 if dice("many_rows") else 1
    rows: list[Indicator | None] = []
    for level1, groups in scheme:
        chosen = [group for group in groups if random.random() < 0.8] or [random.choice(groups)]
        random.shuffle(chosen) if random.random() < 0.2 else None
        name1 = random.choice(vocabulary.OTHER_LEVEL1.get(level1, (level1,))) if other_names else level1
        for level2, key in chosen:
            name2 = random.choice(vocabulary.OTHER_LEVEL2.get(level2, (level2,))) if other_names else level2
            for _ in range(random.choice((1, 1, 1, 2, 2 * most))):
                rows.append(_indicator(random, dice, words, name1, name2, key))
    if dice("category_only"):
        row = random.choice(rows)
        row.level3 = row.description = row.target = row.basis = None
    if dice("empty_row"):
        rows.insert(random.randint(1, len(rows)), None)
    return rows


def _indicator(random: Random, dice: Dice, words: Words, level1: str, level2: str, key: str) -> Indicator:
    name, description, kind = random.choice(vocabulary.INDICATORS[key])
    row = Indicator(level1, level2, words.fill(name), words.fill(description) or words.fill(name), words.target(kind))
    row.basis = words.one_of(vocabulary.BASES)
    for column in ("description", "target", "basis"):
        if dice("blank_values"):
            setattr(row, column, None)
    if dice("label_as_value"):
        setattr(
            row,
            random.choice(("description", "basis")),
            random.choice(("经济效益指标", "服务对象满意度指标", "数量指标", "指标值")),
        )
    if row.description and dice("line_separators"):
        at = len(row.description) // 2
        sign = random.choice(("\u2028", "\x0b", "\u3000", "\u00a0", "\u2029", "\x85"))
        row.description = row.description[:at] + sign + row.description[at:]
    return row
