"""Units, counties, years and projects over several documents of one build: each counts once, under one identity."""

from decimal import Decimal

import duckdb
import pytest

from serve import command_line
from tests.support import layouts
from tests.support.layouts import replaced
from warehouse import summary

CODE = "13022523P00L02410032K"
DOCUMENTS = {
    # a draft with the unit's code, the approved text without it
    "水利/草案.txt": ("2023年部门预算绩效文本（草案）\n乐亭县水利局", [
        ("316001乐亭县水利局", "河道", "13022523P00L02410001K", "20.00")]),
    "水利/批复.txt": ("2023年部门预算绩效文本（批复）\n乐亭县水利局", [
        ("乐亭县水利局", "河道", "13022523P00L02410001K", "25.00")]),
    # a department with the form of its unit, and the unit's own document
    "林业/局.txt": ("2023年部门预算绩效文本（批复）\n卢龙县林业局", [
        ("331001卢龙县林业局", "机关", "13032423P00L02410001K", "20.00"),
        ("331002卢龙县苗圃", "育苗", "13032423P00L02410002K", "30.00"),
    ]),
    "林业/苗圃.txt": ("2023年部门预算绩效文本（草案）\n卢龙县苗圃", [("331002卢龙县苗圃", "育苗", "13032423P00L02410002K", "31.00")]),
    # a unit that publishes a file per project, one of them in two versions
    "逐项/甲.txt": ("2023年项目支出绩效目标表", [("332001卢龙县农业局", "种子", "13032423P00L02410003K", "1.00")]),
    "逐项/乙.txt": ("2023年项目支出绩效目标表", [("332001卢龙县农业局", "农药", "13032423P00L02410004K", "2.00")]),
    "逐项/乙批复.txt": ("2023年项目支出绩效目标表（批复）", [("332001卢龙县农业局", "农药", "13032423P00L02410004K", "3.00")]),
    # a county renamed in June 2020, before, in that year and after
    "南和/2019.txt": ("2019年部门预算绩效文本\n南和县财政局", [("301001南和县财政局", "办公", "301-0101-JBN-A1B2", "18.00")]),
    "南和/2020.txt": ("2020年部门预算绩效文本\n南和县财政局", [("301001南和县财政局", "办公", "301-0101-JBN-A1B2", "20.00")]),
    "南和/2021.txt": ("2021年部门预算绩效文本\n南和区财政局", [("301001南和区财政局", "办公", "301-0101-JBN-A1B2", "22.00")]),
    "南和/2022.txt": ("2022年部门预算绩效文本\n南和县财政局", [("301001南和县财政局", "办公", "301-0101-JBN-A1B2", "23.00")]),
    # an old code in a county that was split when it became a district
    "永年.txt": ("2022年部门预算绩效文本\n永年区水利局", [("316001永年区水利局", "灌溉", "13042922P00L02410001K", "22.00")]),
    # a name of several counties, and what the codes say
    "朝阳/长春.txt": ("2023年部门预算绩效文本\n朝阳区财政局", [("301001朝阳区财政局", "办公", "22010423P00L02410008K", "21.00")]),
    "朝阳/北京.txt": ("2023年部门预算绩效文本\n朝阳区教育局", [("302001朝阳区教育局", "办公", "11010523P00L02410008K", "21.00")]),
    "朝阳/无.txt": ("2023年部门预算绩效文本\n朝阳区民政局", [("303001朝阳区民政局", "办公", "303-0101-JBN-A1B2", "21.00")]),
    # two years of one budget
    "两年.txt": ("2022-2023年部门预算绩效文本\n卢龙县交通局", [("333001卢龙县交通局", "养路", "13032423P00L02410006K", "20.00")]),
}  # fmt: skip


def document(title: str, forms: list[tuple[str, str, str, str]]) -> str:
    texts = []
    for number, (unit, name, code, money) in enumerate(forms, 1):
        cells = {
            "479002河北乐亭县城管局": unit, "1.路灯维护绩效目标表": f"{number}.{name}绩效目标表", "路灯维护": name, CODE: code,
            "20.00": money, "18.00": money, "2.00": "",
        }  # fmt: skip
        texts.append(layouts.as_rows(replaced(cells)))
    return f"{title}\n\n" + "\n".join(texts)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("identity")
    for name, (title, forms) in DOCUMENTS.items():
        path = folder / "documents" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(document(title, forms), encoding="utf-8")
    arguments = ["--documents", str(folder / "documents"), "--warehouse", str(folder / "warehouse.duckdb"), "--force"]
    assert command_line.main(["build", *arguments]) == 0
    with duckdb.connect(str(folder / "warehouse.duckdb"), read_only=True) as connection:
        yield connection


def column(connection, column: str, files: str) -> dict[str, object]:
    return dict(
        connection.execute(
            f"select file_name, {column} from marts.dim_document where file_name like '{files}%'"
        ).fetchall()
    )


def counted(connection, files: str) -> list[tuple]:
    return connection.execute(
        "select file_name, project_name, budget_cny from marts.fct_project_budget join marts.dim_project using (project_id)"
        f" join marts.dim_document on dim_document.document_id = dim_project.document_id where file_name like '{files}%'"
        " order by all"
    ).fetchall()


def test_the_text_without_a_code_is_a_version_of_the_one_with_it(built):
    assert column(built, "is_current", "水利/") == {"水利/草案.txt": False, "水利/批复.txt": True}
    assert counted(built, "水利/") == [("水利/批复.txt", "河道", Decimal("250000.00"))]


def test_the_units_own_document_counts_before_its_departments(built):
    assert counted(built, "林业/") == [
        ("林业/局.txt", "机关", Decimal("200000.00")), ("林业/苗圃.txt", "育苗", Decimal("310000.00")),
    ]  # fmt: skip
    found = built.execute("select severity, evidence_text from quality.finding where rule_id = 'R39'").fetchall()
    assert len(found) == 1 and found[0][0] == "error"
    assert "林业/局.txt" in found[0][1] and "林业/苗圃.txt" in found[0][1]


def test_a_unit_may_publish_a_file_for_each_project(built):
    assert column(built, "is_current", "逐项/") == {"逐项/甲.txt": True, "逐项/乙.txt": False, "逐项/乙批复.txt": True}
    assert counted(built, "逐项/") == [
        ("逐项/乙批复.txt", "农药", Decimal("30000.00")), ("逐项/甲.txt", "种子", Decimal("10000.00")),
    ]  # fmt: skip


def test_a_renamed_county_keeps_its_units_and_projects(built):
    assert column(built, "division_code", "南和/") == {
        "南和/2019.txt": "130527", "南和/2020.txt": "130527", "南和/2021.txt": "130506", "南和/2022.txt": None,
    }  # fmt: skip
    identities = built.execute(
        "select distinct project_key, dim_project.unit_id from marts.dim_project join marts.dim_document"
        " using (document_id) where file_name like '南和/%' and file_name <> '南和/2022.txt'"
    ).fetchall()
    assert len(identities) == 1
    (message,) = built.execute(
        "select message from quality.finding join marts.dim_document using (document_id)"
        " where rule_id = 'R02' and file_name = '南和/2022.txt'"
    ).fetchone()
    assert "renamed to 南和区" in message


def test_a_predecessors_code_is_no_fault(built):
    assert column(built, "division_code", "永年") == {"永年.txt": "130408"}
    faults = built.execute("select count(*) from quality.finding where rule_id = 'Q25'").fetchone()
    assert faults == (0,)


def test_codes_choose_among_counties_of_one_name(built):
    assert column(built, "division_code", "朝阳/") == {
        "朝阳/长春.txt": "220104", "朝阳/北京.txt": "110105", "朝阳/无.txt": None,
    }  # fmt: skip


def test_two_years_are_no_year(built):
    assert column(built, "fiscal_year", "两年") == {"两年.txt": None}
    rules = built.execute(
        "select rule_id from quality.finding join marts.dim_document using (document_id)"
        " where file_name = '两年.txt' and rule_id = 'R01'"
    ).fetchall()
    assert rules == [("R01",)]


def test_a_project_stands_once_a_year(built):
    doubled = built.execute(
        "select project_key, fiscal_year from marts.dim_project where fiscal_year is not null group by all having count(*) > 1"
    ).fetchall()
    assert doubled == []


def test_a_county_has_its_name_of_the_year_in_the_summary(built):
    counties = {(county, year) for county, year, *_ in built.execute(summary.BY_COUNTY).fetchall()}
    assert {("南和县", "2019"), ("南和县", "2020"), ("南和区", "2021")} <= counties
    assert not any(county.isdecimal() for county, _ in counties)
