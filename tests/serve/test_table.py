"""Tables fit their columns: heads are broken, then texts shortened, then rows stand one below the other."""

from decimal import Decimal

import pytest

from serve.answer import Answer
from serve.render import rendered
from warehouse.text_table import width

LONG = "河北乐亭经济开发区管理委员会一体化智慧安监平台服务费"


def table(monkeypatch, most: int, columns: str, *rows: tuple, comment: str = "") -> list[str]:
    """The lines below the question."""
    monkeypatch.setenv("COLUMNS", str(most))
    text = rendered([Answer("q", "多少？", "How much?", columns.split(), list(rows), comment)], "table")
    lines = text.splitlines()
    assert all(width(line) <= most for line in lines), text
    return lines[3:] if not comment else lines


def test_what_fits_stays_as_it_is(monkeypatch):
    head, rules, row, _ = table(monkeypatch, 80, "county_name budget_cny", ("乐亭县", Decimal("1234.50")))
    assert (head, rules) == ("county_name  budget_cny", "-----------  ----------")
    assert row == "乐亭县         1,234.50"


def test_heads_are_broken_before_a_text_is_shortened(monkeypatch):
    row = ("乐亭县", Decimal("177657400.00"), Decimal("177657400.00"), Decimal("1.00"))
    lines = table(monkeypatch, 56, "division_name stated_budget_cny effective_budget_cny difference_cny", row)
    assert "stated_budget_cny" not in " ".join(lines) and "177,657,400.00  177,657,400.00" in " ".join(lines)
    assert "…" not in "".join(lines)


def test_a_long_text_is_shortened_and_said_to_be(monkeypatch):
    lines = table(monkeypatch, 40, "project_name budget_cny", (LONG, Decimal("123456789.00")), ("短", Decimal("1.00")))
    row = next(line for line in lines if line.startswith("河北"))
    assert "…" in row and row.endswith("123,456,789.00")
    assert "csv, json and md have it whole" in " ".join(lines)


@pytest.mark.parametrize("column", ["division_code", "source_ref", "budget_cny", "target_date", "project_no"])
def test_a_figure_a_code_and_a_place_are_never_shortened(monkeypatch, column):
    value = Decimal("1234567890123.00") if column == "budget_cny" else "1234567890" * 2
    printed = f"{value:,f}" if column == "budget_cny" else value
    row = next(line for line in table(monkeypatch, 40, f"project_name {column}", (LONG, value)) if "河北" in line)
    assert "…" in row.split()[0] and row.split()[1] == printed


def test_rows_stand_one_below_the_other_and_whole_where_nothing_else_fits(monkeypatch):
    columns = "project_name goal_text target_value target_unit source_ref"
    rows = [(LONG, LONG * 2, 5, "盏", "L71"), ("短", None, None, None, "L72")]
    lines = table(monkeypatch, 44, columns, *rows)
    assert lines[0] == "[1]" and "[2]" in lines
    assert LONG * 2 in "".join(line.strip() for line in lines).replace("goal_text", "")
    assert "source_ref    L72" in lines and "target_value  5" in lines and "…" not in "".join(lines)


@pytest.mark.parametrize("most", range(20, 90))
def test_a_table_fits_in_any_width(monkeypatch, most):
    columns = "project_name stated_budget_cny goal_text source_ref is_overall"
    table(
        monkeypatch, most, columns, (LONG, Decimal("1234567.00"), LONG, "L71-92", False), ("短", None, None, "L7", True)
    )


def test_in_twenty_columns_a_value_stands_below_its_name(monkeypatch):
    lines = table(monkeypatch, 20, "project_name anamewithoutabreak", ("路灯", "污水"))
    assert lines[:5] == ["[1]", "project_name", "  路灯", "anamewithoutabreak", "  污水"]


def test_an_answer_without_rows_names_its_columns_in_any_width(monkeypatch):
    names = " ".join(f"column_number_{number}" for number in range(9))
    assert all(name in " ".join(table(monkeypatch, 30, names)) for name in names.split())


def test_names_stand_before_the_codes_in_front_of_them(monkeypatch):
    row = ("Q01", "130225", 3, "路灯", "乐亭县", Decimal("1.00"))
    columns = "rule_id division_code project_no project_name division_name budget_cny"
    head = table(monkeypatch, 200, columns, row)[0].split()
    assert head == ["project_name", "division_name", "rule_id", "division_code", "project_no", "budget_cny"]


def test_the_question_and_its_comment_are_wrapped(monkeypatch):
    lines = table(monkeypatch, 30, "a", (1,), comment="What one row is, and what its figures mean for a reader.")
    assert lines[2:4] == ["What one row is, and what its", "figures mean for a reader."]


@pytest.mark.parametrize("form", ["csv", "json", "md"])
def test_other_formats_are_never_shortened(monkeypatch, form):
    monkeypatch.setenv("COLUMNS", "20")
    answer = Answer("q", "多少？", "How much?", ["rule_id", "project_name"], [("Q01", LONG * 3)])
    text = rendered([answer], form)
    assert LONG * 3 in text and "…" not in text and text.index("rule") < text.index("project")
