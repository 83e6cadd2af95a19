"""meta.change is complete, tells causes apart, and says nothing where nothing differs."""

from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import duckdb
import pytest

from tests.support.small_warehouse import Build, Document, Project, sequence, write
from warehouse.history import history

PROJECT = ("marts.dim_project", "marts.fct_project_budget")
PARTS = {
    "plan_point": ("marts.fct_spending_plan", "checkpoint_month"),
    "indicator": ("marts.fct_indicator_target", "indicator_no"),
    "fund": ("marts.fct_project_fund", "part_key"),
}
# Of a file, each row with the columns that number it there; what follows from them or from the file is told nowhere else.
IN_FILES = {
    "execution": ("marts.fct_project_execution", ("project_id", "as_of_month")),
    "result": ("marts.fct_indicator_result", ("indicator_id",)),
    "department_goal": ("marts.dim_department_goal", ("department_goal_id",)),
    "department_target": ("marts.fct_department_target", ("department_goal_id", "target_no")),
    "department_standard": ("marts.fct_department_standard", ("department_goal_id", "standard_no", "grade")),
}
FOLLOWING = ("document_id", "fiscal_year_start_date", "project_id", "indicator_no", "goal_no")
SHARED = ("document_id", "unit_id", "division_id", "division_code", "fiscal_year", "fiscal_year_start_date")
Row = dict[str, str | None]
Rows = dict[tuple, Row]
LAST = 16  # answers that are kept of a file, which nobody writes to any more: it is the new one first, then the old one


@pytest.fixture
def compared(tmp_path):
    """Two builds, compared: returns the file of the second."""

    def compare(first: Build, second: Build, change_old: str = "", change_new: str = "") -> Path:
        files = [
            write(build, number, tmp_path / f"{number}" / "w.duckdb") for number, build in enumerate((first, second))
        ]
        for file, statement in zip(files, (change_old, change_new), strict=True):
            with duckdb.connect(str(file)) as connection:
                connection.execute(statement or "select 1")
        history.write(files[1], files[0])
        return files[1]

    return compare


def asked(file: Path, query: str) -> list[tuple]:
    with duckdb.connect(str(file), read_only=True) as connection:
        return connection.execute(query).fetchall()


# Completeness


def rows(connection: duckdb.DuckDBPyConnection, table: str) -> list[Row]:
    found = connection.execute(f"select columns(*)::varchar from {table}")
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


@lru_cache(LAST)
def project_rows(file: Path) -> Rows:
    """Projects with their budgets by key, year and, where the unit or the year is unknown, file."""
    with duckdb.connect(str(file), read_only=True) as connection:
        files = {row["document_id"]: row["file_name"] for row in rows(connection, "marts.dim_document")}
        budgets = {row["project_id"]: row for row in rows(connection, PROJECT[1])}
        found: Rows = {}
        for row in rows(connection, PROJECT[0]):
            budget = budgets[row["project_id"]]
            row["budget_source_ref"] = budget["source_ref"]
            row["form_no"] = (row["form_id"] or "").partition("-")[2]
            row |= {name: value for name, value in budget.items() if name not in row}
            key = project_key(row, files[row["document_id"]])
            assert key not in found
            found[key] = row
    return found


def project_key(row: Row, file_name: str) -> tuple:
    is_one_a_year = row["unit_id"] is not None and row["fiscal_year"] is not None
    return (row["project_key"], row["fiscal_year"], None if is_one_a_year else file_name)


@lru_cache(LAST)
def part_rows(file: Path, subject: str) -> Rows:
    table, number = PARTS[subject]
    keys = {row["project_id"]: key for key, row in project_rows(file).items()}
    with duckdb.connect(str(file), read_only=True) as connection:
        found = rows(connection, table)
    for row in found if subject == "fund" else ():
        row["part_key"] = "-".join(row.pop(name) or "" for name in ("fund_class", "term", "measure"))
    return {(*keys[row["project_id"]], row[number]): row for row in found}


@lru_cache(LAST)
def file_rows(file: Path, subject: str) -> Rows:
    """The rows of a subject by their file and their number in it."""
    table, numbers = IN_FILES[subject]
    with duckdb.connect(str(file), read_only=True) as connection:
        files = {row["document_id"]: row["file_name"] for row in rows(connection, "marts.dim_document")}
        found: Rows = {}
        for row in rows(connection, table):
            document = row["document_id"]
            part = "-".join(filter(None, (row[name] for name in numbers)))
            key = (files[document], part.removeprefix(f"{document}-").removeprefix("d"))
            assert key not in found
            found[key] = {name: value for name, value in row.items() if name not in (*numbers, *FOLLOWING)}
        return found


def applied_in_files(old: Path, new: Path, subject: str) -> Rows:
    """The rows of the old file with the changes made in them."""
    found = {key: dict(row) for key, row in file_rows(old, subject).items()}
    for change in changes(new, subject):
        key = (change["file_name"], change["part_key"])
        name, before = change["field_name"], change["old_value"]
        if change["change_type"] != "new":
            assert found[key].get(name) == before
        if change["change_type"] == "gone":
            found[key][name] = None
        else:
            found.setdefault(key, {})[name] = change["new_value"]
    return {key: row for key, row in filled(found).items() if row}


def check_complete(old: Path, new: Path) -> None:
    """What the new file says of its changes gives its rows, applied to those of the old one."""
    assert filled(applied_projects(old, new)) == filled(project_rows(new))
    for subject in PARTS:
        assert filled(applied_parts(old, new, subject)) == filled(part_rows(new, subject)), subject
    for subject in IN_FILES:
        assert applied_in_files(old, new, subject) == filled(file_rows(new, subject)), subject


def changes(file: Path, subject: str) -> list[Row]:
    with duckdb.connect(str(file), read_only=True) as connection:
        return rows(connection, f"(from meta.change where subject_type = '{subject}')")


def applied(old: Rows, listed: list[Row], number: str | None = None) -> Rows:
    """The old rows with the changes made in them; a row is known by what a change says of it and nothing else."""
    new = {key: dict(row) for key, row in old.items()}
    begun: dict[tuple, Row] = {}
    for change in listed:
        last = (change[number],) if number else ()
        short = (change["project_key"], change["fiscal_year"], None, *last)
        long = (change["project_key"], change["fiscal_year"], change["file_name"], *last)
        if change["change_type"] == "new":
            identity = {"project_key": change["project_key"], "fiscal_year": change["fiscal_year"]}
            begun.setdefault(long, identity | ({number: change[number]} if number else {}))[change["field_name"]] = (
                change["new_value"]
            )
            assert change["old_value"] is None
            continue
        key = long if long in old else short
        assert old[key].get(change["field_name"]) == change["old_value"]
        if change["change_type"] == "gone":
            assert change["new_value"] is None
            new.pop(key, None)
        else:
            new[key][change["field_name"]] = change["new_value"]
    return new | begun


def applied_projects(old: Path, new: Path) -> Rows:
    found = {}
    for key, row in applied(project_rows(old), changes(new, "project")).items():
        document, year = row["document_id"], row["fiscal_year"]
        row["project_id"] = f"{document}-{row['project_no']}"
        row["form_id"] = f"{document}-{row['form_no']}"
        row["fiscal_year_start_date"] = f"{year}-01-01" if year else None
        file_name = key[2]
        is_one_a_year = row.get("unit_id") is not None and year is not None
        found[row["project_key"], year, None if is_one_a_year else file_name] = row
    return found


def applied_parts(old: Path, new: Path, subject: str) -> Rows:
    projects = project_rows(new)
    found = {}
    for key, row in applied(part_rows(old, subject), changes(new, subject), PARTS[subject][1]).items():
        long, short = key[:3], (*key[:2], None)
        project_key = long if long in projects else short
        if project_key not in projects:
            found[key] = row  # a row too many: the comparison shows it
            continue
        project = projects[project_key]
        row |= {name: project[name] for name in (*SHARED, "project_id")}
        if subject == "indicator":
            row["indicator_id"] = f"{project['project_id']}-{row['indicator_no']}"
        row.pop("project_key", None)
        found[(*project_key, key[3])] = row
    return found


def filled(found: Rows) -> Rows:
    """Without the columns that are blank: a new row has a change for each that is not."""
    return {key: {name: value for name, value in row.items() if value is not None} for key, row in found.items()}


@pytest.mark.parametrize("seed", range(6))
def test_applied_to_the_old_rows_it_gives_the_new_ones(tmp_path, seed):
    _check_sequence(tmp_path, seed, 6)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 140))
def test_applied_to_the_old_rows_it_gives_the_new_ones_always(tmp_path, seed):
    _check_sequence(tmp_path, seed, 10)


def _check_sequence(folder: Path, seed: int, length: int) -> None:
    previous = folder / "none.duckdb"
    for number, build in enumerate(sequence(seed, length)):
        file = write(build, number, folder / f"{number}" / "w.duckdb")
        replaced = history.write(file, previous)
        if number:
            assert replaced == (f"build-{number - 1:03}", replaced.built_at, "")
            check_complete(previous, file)
        previous = file


# Causes

TWO = Build().having(Document("a.txt"), Document("b.txt", unit="other"))


def causes(file: Path) -> set[tuple]:
    return set(asked(file, "select distinct file_name, cause from meta.change"))


def test_nothing_differs_where_nothing_changed(compared):
    assert asked(compared(TWO, TWO), "from meta.change") == []


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (TWO.having(Document("a.txt", serial=1)), {("a.txt", "document")}),
        (TWO.having(Document("c.txt", unit="third")), {("c.txt", "document")}),
        (TWO.without("b.txt"), {("b.txt", "document")}),
        (TWO.having(Document("a.txt", note="x")), {("a.txt", "document")}),
        (replace(TWO, reader=2), {("a.txt", "reader"), ("b.txt", "reader")}),
        (replace(TWO, rules=1), {("a.txt", "rules"), ("b.txt", "rules")}),
        (replace(TWO, reader=1), set()),  # the code of the reader changed, and not what it reads
        (replace(TWO, reader=1, rules=1), {("a.txt", "rules"), ("b.txt", "rules")}),
        (replace(TWO, reader=2).having(Document("a.txt", serial=1)), {("a.txt", "document"), ("b.txt", "reader")}),
        (TWO.having(Document("a.txt", is_read=False)), {("a.txt", "reader")}),
    ],
    ids=["bytes", "new", "gone", "manifest", "reader", "rules", "reads alike", "alike, other rules", "both", "now unread"],
)  # fmt: skip
def test_a_cause_is_told_from_the_others(compared, second, expected):
    assert causes(compared(TWO, second)) == expected


def test_a_document_that_cannot_be_read_any_more_is_the_readers_doing(compared):
    """Its line of the manifest is not in the file then, and says nothing."""
    first = TWO.having(Document("a.txt", note="x"))
    second = replace(first, reader=1).having(Document("a.txt", note="x", is_read=False))
    assert ("a.txt", "reader") in causes(compared(first, second))


def test_a_project_that_another_document_takes_over_is_that_documents_doing(compared):
    second = TWO.having(Document("0.txt", projects=(Project("路灯维护", Decimal("300000.00")),)))
    file = compared(TWO, second)
    found = asked(
        file,
        "select change_type, cause, file_name, old_value, new_value from meta.change where field_name = 'budget_cny'",
    )
    assert found == [("changed", "document", "0.txt", "200000.00", "300000.00")]


def test_a_project_that_comes_forward_as_another_goes_is_a_documents_doing(compared):
    """The file that holds it is what it was, and so is the code."""
    first = TWO.having(Document("0.txt", projects=(Project("路灯维护", Decimal("300000.00")),)))
    assert causes(compared(first, TWO)) == {("0.txt", "document"), ("a.txt", "document")}


def test_a_manifest_line_that_moves_is_no_change_of_its_document(compared):
    first = TWO.having(Document("a.txt", note="x"))
    second = replace(first, rules=1).having(Document("c.txt", unit="third"))
    assert causes(compared(first, second)) == {("a.txt", "rules"), ("b.txt", "rules"), ("c.txt", "document")}


def test_a_file_without_a_version_of_its_code_had_another_one(compared):
    """It was published by an older version of this program."""
    file = compared(TWO, replace(TWO, rules=1), "alter table meta.build drop column code_version")
    assert causes(file) == {("a.txt", "rules"), ("b.txt", "rules")}


def test_a_copy_that_is_read_after_its_original_went_is_a_documents_doing(compared):
    copy = (
        "insert into staging.rejection by name select '0123456789abcdef' as rejection_id, 'c.txt' as file_name, document_id,"
        " 'open' as stage, 'duplicate' as reason_code, 'm' as message, 'n' as next_step from staging.document"
        " where file_name = 'a.txt'"
    )
    renamed = "; ".join(
        f"update {table} set file_name = 'c.txt' where file_name = 'a.txt'"
        for table in ("staging.document", "marts.dim_document")
    )
    assert causes(compared(TWO, replace(TWO, reader=1), copy, renamed)) == {("a.txt", "document"), ("c.txt", "rules")}


# Values


def test_money_is_told_as_sql_casts_it(compared):
    second = TWO.having(Document("a.txt", serial=1, projects=(Project("路灯维护", Decimal("300000.5")),)))
    found = asked(compared(TWO, second), "select old_value, new_value from meta.change where field_name = 'budget_cny'")
    assert found == [("200000.00", "300000.50")]


@pytest.mark.parametrize(
    "statement",
    [
        "alter table marts.fct_project_budget alter budget_cny type decimal(24, 6)",
        "alter table marts.fct_project_budget alter budget_cny type varchar",
        "alter table marts.fct_indicator_target alter indicator_no type bigint",
        "alter table marts.dim_project alter project_no type varchar",
        "alter table marts.dim_project alter fiscal_year_start_date type varchar",
        "alter table marts.fct_spending_plan alter cumulative_ratio type decimal(18, 2)",
    ],
)
def test_another_type_or_scale_is_no_change(compared, statement):
    assert asked(compared(TWO, TWO, statement), "from meta.change") == []
    assert asked(compared(TWO, TWO, "", statement), "from meta.change") == []


def test_a_figure_that_another_scale_cuts_is_a_change(compared):
    cut = "alter table marts.fct_spending_plan alter cumulative_ratio type decimal(18, 2)"
    exact = "update marts.fct_spending_plan set cumulative_ratio = 0.251"
    found = asked(
        compared(TWO, TWO, exact, f"{exact}; {cut}"),
        "select distinct field_name, old_value, new_value from meta.change",
    )
    assert found == [("cumulative_ratio", "0.251000", "0.25")]


def test_a_column_that_one_file_lacks_is_blank_there(compared):
    file = compared(TWO, TWO, "alter table marts.dim_project drop column theme")
    found = asked(file, "select distinct field_name, old_value, new_value from meta.change")
    assert found == [("theme", None, "主题 0")]


def test_findings_and_rejections_come_and_go(compared):
    first = TWO.having(Document("a.txt", projects=(Project("路灯维护", findings=("Q01", "Q07")),), rejected=2))
    second = TWO.having(
        Document("a.txt", serial=1, projects=(Project("路灯维护", findings=("Q07", "Q09")),), rejected=1)
    )
    found = asked(
        compared(first, second),
        "select distinct subject_type, change_type, rule_id from meta.change"
        " where subject_type in ('finding', 'rejection') order by all",
    )
    assert found == [("finding", "gone", "Q01"), ("finding", "new", "Q09"), ("rejection", "gone", None)]
