"""Whatever stands in a cell of money, plan or target: the file is published, the value is right, or NULL and said so."""

from decimal import Decimal

import duckdb
import pytest

from serve import command_line
from tests.support import layouts
from tests.support.layouts import FORM, replaced

TITLE = "乐亭县城管局2023年部门预算绩效文本"
EXPLAIN = ("R09", "R10", "R11", "R12", "R33")  # a money cell that could not be read or believed
EXPLAIN_PLAN = ("R14", "R17", "R18", "R34")

# A cell as printed under 万元, and the yuan it states; None: it states no amount.
ODD: dict[str, str | None] = {
    "25.123456": "251234.56", "0.00123": "12.30", "20.00555": "200055.50", "0.0000005": "0.01", "0.00000049": "0.00",
    "+25.50": "255000.00", "＋25.50": "255000.00", "﹢25.5": "255000.00", "-3": "-30000.00", "－3": "-30000.00",
    "−3": "-30000.00", "﹣3": "-30000.00", "（3.00）": "-30000.00", "(3.00)": "-30000.00", "--3": None, "+-3": None,
    "△3": None, "3-": None, "±3": None, "2.55E+01": None, "2e1": None, "1E400": None, "NaN": None, "nan": None,
    "Infinity": None, "∞": None, "null": None, "None": None, "#REF!": None, "#DIV/0!": None, "=1+1": None, "abc": None,
    "１２３．４５": "1234500.00", "１，２３４": "12340000.00", "1,234.5": "12345000.00", "1，234.5": "12345000.00",
    "12,34": None, "1,2345": None, "1'234": None, "1 234": None, "1.234,5": None, "1_000": None, "1、234": None,
    ",5": None, ".5": None, "5.": None, "1.2.3": None, "5%": None, "5‰": None, "½": None, "Ⅴ": None, "٣": None,
    "二十": None, "贰拾万元整": None, "约25": None, "20-30": None, "20～30": None, "25万": "250000.00", "25千": None,
    "25万元": "250000.00", "25（万元）": "250000.00", "25元": "25.00", "3百元": "300.00", "2百万元": "2000000.00",
    "1亿元": "100000000.00",
    "25美元": None, "25（美元）": None, "20.00（含上年结转）": "200000.00", "20.00（含上年结转5.00万元）": "200000.00",
    "¥25": "250000.00", "人民币25万元整": "250000.00", "2023-12-31": None, "2023年12月": None, "2023/12/31": None,
    "45291 ": "452910000.00",
    "13800138000": None, "100000000": "1000000000000.00", "100000000.0000001": None, "9999999999999999.99元": None,
    "999999999999.99": None,
    "-13800138000": None, "99999999.99亿元": None, "0": "0.00", "-0": "0.00", "000020.00": "200000.00", "0.00": "0.00",
    "20\u200b.00": "200000.00", "<b>20</b>": None, "'20": None, '"20"': None, "20;drop table x": None,
    "1" + " " * 3000 + "x": None, "1,000" * 800: None, "（" * 3000: None, "20（" + "注" * 3000 + "）": "200000.00",
    **{"1" * digits: f"{'1' * digits}0000.00" if digits <= 8 else None for digits in range(1, 41)},
    **{f"0.{'3' * digits}": str(Decimal(f"0.{'3' * digits}0000").scaleb(4).quantize(Decimal("0.01"))) for digits in range(1, 41)},
}  # fmt: skip
FORMS_PER_DOCUMENT = 12


def form(number: int, value: str) -> str:
    """A form whose every cell of money, plan and target holds the value."""
    cells = {
        "路灯维护": f"项目{number}", "1.路灯维护绩效目标表": f"{number}.项目{number}绩效目标表",
        "13022523P00L02410032K": f"13022523P00L0241{number:04d}K",
        **dict.fromkeys(("20.00", "18.00", "2.00", "25%", "50%", "75%", "100%", "≥100盏", "≥95%", "≥98%", "≥90%"), value),
    }  # fmt: skip
    return layouts.as_rows(replaced(cells))


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    """The published file of documents full of odd values beside one good one."""
    folder = tmp_path_factory.mktemp("odd")
    (folder / "documents").mkdir()
    good = f"{TITLE}（批复）\n\n{layouts.as_rows(FORM)}".replace("城管局", "园林局").replace("479002", "479009")
    (folder / "documents" / "good.txt").write_text(good, encoding="utf-8")
    values = list(ODD)
    for first in range(0, len(values), FORMS_PER_DOCUMENT):
        forms = [form(first + at, value) for at, value in enumerate(values[first : first + FORMS_PER_DOCUMENT])]
        text = f"{TITLE}\n\n" + "\n".join(forms)
        path = folder / "documents" / f"odd-{first}.txt"
        path.write_text(text.replace("479002", f"48{first:04d}").replace("城管局", f"城管{first}局"), encoding="utf-8")
    arguments = ["--documents", str(folder / "documents"), "--warehouse", str(folder / "warehouse.duckdb"), "--force"]
    assert command_line.main(["build", *arguments]) == 0
    with duckdb.connect(str(folder / "warehouse.duckdb"), read_only=True) as connection:
        yield connection


def by_project(connection, sql: str) -> dict[str, list[tuple]]:
    """Rows by the name of their project, which is the first column."""
    rows: dict[str, list[tuple]] = {}
    for name, *values in connection.execute(sql).fetchall():
        rows.setdefault(name, []).append(tuple(values))
    return rows


def test_the_good_document_is_whole(odd):
    assert odd.execute(
        "select stated_budget_cny, fiscal_funds_cny, other_funds_cny, budget_basis from marts.fct_project_budget"
        " join marts.dim_document using (document_id) where file_name = 'good.txt'"
    ).fetchall() == [(Decimal("200000.00"), Decimal("180000.00"), Decimal("20000.00"), "stated")]


def test_each_amount_is_right_or_null_with_a_finding(odd):
    money = by_project(
        odd,
        "select project_name, stated_budget_cny, fiscal_funds_cny, other_funds_cny from marts.fct_project_budget as budgets"
        " join marts.dim_project using (project_id)",
    )
    explained = by_project(
        odd,
        f"select project_name, rule_id from quality.finding join marts.dim_project using (project_id) where rule_id in {EXPLAIN}",
    )
    wrong = []
    for number, (value, right) in enumerate(ODD.items()):
        name = f"项目{number}"
        amounts = set(money[name][0])
        if amounts != {right and Decimal(right)} or (right is None) != (name in explained):
            wrong.append((value[:40], right, amounts, explained.get(name)))
    assert wrong == []


def test_each_plan_point_is_read_or_a_finding(odd):
    rows = by_project(
        odd,
        "select project_name, is_stated and coalesce(cumulative_cny, cumulative_ratio) is null, value_text"
        " from marts.fct_spending_plan join marts.dim_project using (project_id)",
    )
    budgets = dict(
        odd.execute(
            "select project_name, budget_cny from marts.fct_project_budget join marts.dim_project using (project_id)"
        ).fetchall()
    )
    explained = by_project(
        odd,
        f"select project_name, rule_id from quality.finding join marts.dim_project using (project_id) where rule_id in {EXPLAIN_PLAN}",
    )
    silent = [
        name for name, points in rows.items()
        if any(lost for lost, _ in points) and budgets[name] is not None and name not in explained
    ]  # fmt: skip
    assert silent == []
    assert {len(points) for points in rows.values()} == {4}


def test_each_target_is_typed(odd):
    (untyped,) = odd.execute("select count(*) from marts.fct_indicator_target where target_kind is null").fetchone()
    assert untyped == 0


def test_an_implausible_amount_quotes_the_print(odd):
    number = list(ODD).index("13800138000")
    (message,) = odd.execute(
        "select message from quality.finding join marts.dim_project using (project_id)"
        f" where rule_id = 'R33' and project_name = '项目{number}'"
    ).fetchone()
    assert "13800138000" in message and "implausible amount" in message
