"""Copies and re-issues, over one build: which document of a unit and year is current, and what is said of the others."""

import csv

import duckdb
import pytest

from serve import command_line
from tests.support import layouts
from tests.support.layouts import replaced
from tests.support.reading import ROOT

UNIT = "479002河北乐亭县城管局"
LIGHTS, GREENS = "479001乐亭县路灯所", "479003乐亭县绿化队"
PLAIN_UNIT, LONG_UNIT = "乐亭县公园中心", "唐山市乐亭县公园中心"
MANIFEST = ("file_name", "fiscal_year", "published_on", "retrieved_on", "disclosure_status")


def document(unit: str, title: str, name: str = "路灯维护", layout=layouts.as_rows) -> bytes:
    """The text of one form under a title; `name` makes its bytes different from another's."""
    rows = replaced({"479002河北乐亭县城管局": unit, "路灯维护": name, "1.路灯维护绩效目标表": f"1.{name}绩效目标表"})
    return (f"{title}\n\n{layout(rows)}").encode()


def page(unit: str, title: str) -> bytes:
    """The same form as a page of the web."""
    rows = [[cell or "" for cell in row] for row in replaced({UNIT: unit})]
    body = "".join("<tr><td>" + "</td><td>".join(row) + "</td></tr>" for row in rows if len(row) > 2)
    head = "".join(f"<p>{line}</p>" for line in (title, *rows[0], "  ".join(rows[1])))
    return f"<html><head><meta charset='utf-8'></head><body>{head}<table>{body}</table></body></html>".encode()


# group: file, its document, what the manifest says of it; the first of a group is the current one
GROUPS: dict[str, list[tuple[str, bytes, dict]]] = {
    "状态": [
        ("状态/调整.txt", document(UNIT, "2023年部门预算绩效文本（调整）"), {}),
        ("状态/批复.txt", document(UNIT, "2023年部门预算绩效文本（批复）"), {"published_on": "2023-12-01"}),
        ("状态/文本.txt", document(UNIT, "2023年部门预算绩效文本"), {"published_on": "2023-12-02"}),
        ("状态/草案.txt", document(UNIT, "2023年部门预算绩效文本（草案）"), {"published_on": "2023-12-03"}),
        ("状态/征求意见.txt", document(UNIT, "2023年部门预算绩效文本（征求意见稿）"), {"published_on": "2023-12-04"}),
    ],
    "修订": [
        ("修订/修订.txt", document(LIGHTS, "2023年部门预算绩效文本（修订）"), {}),
        ("修订/草案.txt", document(LIGHTS, "2023年部门预算绩效文本（草案）"), {}),
    ],
    "格式": [
        ("格式/网页.html", page(GREENS, "2024年部门预算绩效文本"), {"published_on": "2024-02-01"}),
        ("格式/文本.txt", document(GREENS, "2024年部门预算绩效文本"), {"published_on": "2024-01-01"}),
        ("格式/单元格.txt", document(GREENS, "2024年部门预算绩效文本", layout=layouts.as_cells), {}),
    ],
    "别的年份": [("格式/上年.txt", document(GREENS, "2022年部门预算绩效文本"), {})],
    "日期": [
        ("日期/三月.txt", document("479004乐亭县道班", "2023年部门预算绩效文本\n2023年3月5日"), {}),
        (
            "日期/二月.txt",
            document("479004乐亭县道班", "2023年部门预算绩效文本\n二〇二三年二月"),
            {"retrieved_on": "2023-09-01"},
        ),
        ("日期/无.txt", document("479004乐亭县道班", "2023年部门预算绩效文本"), {"retrieved_on": "2023-10-01"}),
    ],
    "取得": [
        (
            "取得/后.txt",
            document("479005乐亭县环卫处", "2023年部门预算绩效文本", "垃圾清运"),
            {"retrieved_on": "2023-05-01"},
        ),
        ("取得/先.txt", document("479005乐亭县环卫处", "2023年部门预算绩效文本"), {"retrieved_on": "2023-04-01"}),
    ],
    "别名": [
        ("别名/表内.txt", document("河北乐亭经济开发区管理委员会", "2023年部门预算绩效文本（批复）"), {}),
        ("别名/封面.txt", document("河北乐亭县经济开发区管理委员会", "2023年部门预算绩效文本"), {}),
    ],
    "前缀": [
        ("前缀/长.txt", document(LONG_UNIT, "2023年部门预算绩效文本（批复）"), {}),
        ("前缀/短.txt", document(PLAIN_UNIT, "2023年部门预算绩效文本"), {}),
    ],
}
TIE = [("并列/甲.txt", document("479006乐亭县河道所", "2023年部门预算绩效文本", "河道清淤"), {}),
       ("并列/乙.txt", document("479006乐亭县河道所", "2023年部门预算绩效文本"), {})]  # fmt: skip
LEGACY = {"13022523P00L02410032K": "479-0101-JBN-AB12"}
NO_YEAR = [(f"无年份/{name}.txt", layouts.as_rows(replaced({**LEGACY, UNIT: "479007乐亭县苗圃", "路灯维护": name})).encode(), {})
           for name in ("育苗", "移栽")]  # fmt: skip
# Whole texts of one unit and year that hold unlike kinds of forms: neither replaces the other
BOTH_KINDS = (ROOT / "tests" / "models" / "families" / "both_kinds.html").read_text(encoding="utf-8")
KINDS = [
    (f"表式/{name}.html", text.replace("<body>", "<body><p>乐亭县园林站2023年部门预算绩效文本</p>").encode(), {})
    for name, text in (("目标", BOTH_KINDS.partition("<p>项目支出绩效自评表")[0]), ("目标和自评", BOTH_KINDS))
]
COPY = ("状态/调整的副本.txt", GROUPS["状态"][0][1], {})


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reissues")
    files = [file for group in (*GROUPS.values(), TIE, NO_YEAR, KINDS, [COPY]) for file in group]
    for name, content, _said in files:
        path = folder / "documents" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    with (folder / "documents" / "manifest.csv").open("w", encoding="utf-8", newline="") as lines:
        rows = csv.DictWriter(lines, MANIFEST)
        rows.writeheader()
        rows.writerows({"file_name": name, **said} for name, _content, said in files if said)
    arguments = ["--documents", str(folder / "documents"), "--warehouse", str(folder / "warehouse.duckdb"), "--force"]
    assert command_line.main(["build", *arguments]) == 0
    with duckdb.connect(str(folder / "warehouse.duckdb"), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def current(warehouse) -> dict[str, bool]:
    return dict(warehouse.execute("select file_name, is_current from marts.dim_document").fetchall())


@pytest.mark.parametrize("group", GROUPS)
def test_the_highest_version_is_current_and_the_only_one(current, group):
    files = [name for name, _content, _said in GROUPS[group]]
    assert [name for name in files if current[name]] == files[:1]


def test_identical_bytes_are_loaded_once_and_the_copy_is_named(warehouse, current):
    rejected = warehouse.execute("select file_name, stage, reason_code, message from staging.rejection").fetchall()
    (copy,) = [row for row in rejected if row[2] == "duplicate"]
    assert copy[0] == COPY[0] and copy[0] not in current
    assert GROUPS["状态"][0][0] in copy[3]


def test_a_tie_is_broken_by_the_identity_and_is_a_finding(warehouse, current):
    rows = warehouse.execute(
        "select file_name from marts.dim_document where file_name like '并列/%' order by document_id"
    ).fetchall()
    assert [current[name] for (name,) in rows] == [True, False]
    found = warehouse.execute(
        "select rule_id, document_id = (select min(document_id) from marts.dim_document where file_name like '并列/%')"
        " from quality.finding join marts.dim_document using (document_id)"
        " where file_name like '并列/%' and subject_type = 'document' and rule_id like 'R%'"
    ).fetchall()
    assert found == [("R04", True)]


def test_documents_without_a_year_stand_beside_each_other(current):
    assert [current[name] for name, _content, _said in NO_YEAR] == [True, True]


def test_whole_texts_of_unlike_forms_stand_beside_each_other(warehouse, current):
    """The project that both print counts once."""
    assert [current[name] for name, _content, _said in KINDS] == [True, True]
    counted = warehouse.execute(
        "select count(*), count(distinct unit_id), min(fiscal_year) from marts.dim_project where project_name = '校园维修改造'"
    ).fetchall()
    assert counted == [(1, 1, 2023)]


def test_only_current_documents_are_in_the_facts(warehouse):
    (odd,) = warehouse.execute(
        "select count(*) from marts.dim_project join marts.dim_document using (document_id) where not is_current"
    ).fetchone()
    assert odd == 0


def test_a_project_keeps_its_key_in_another_year(warehouse):
    keys = warehouse.execute(
        "select distinct project_key from marts.dim_project join marts.dim_document using (document_id)"
        " where file_name in ('格式/网页.html', '格式/上年.txt')"
    ).fetchall()
    assert len(keys) == 1
