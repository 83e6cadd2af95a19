"""Exports: read again by its ordinary reader, each file equals the table it came from, whatever the texts are."""

import csv
import hashlib
import json
import os
import re
import shutil
import socket
import subprocess
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import frictionless
import openpyxl
import polars as pl
import pyarrow.dataset
import pytest

from serve import command_line, formula, output_folder
from serve import workbook as workbook_cells
from serve.export import catalogue, export, parquet, spreadsheet
from serve.failure import FailedError

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@A1",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠A1",
    " =1",
    "\u200b=1",
    "\ufeff=1",
    "\x01=1",
]
TEXTS = [
    *FORMULAS, "", "'", "'=1", "''", "NULL", "null", "\\N", "nan", " ", " 前后 ", '"', 'a "b" c', "a,b", "a;b", "第一行\n第二行",
    "a\r\nb", "a\rb", "尾\n", "😀🏳️‍🌈", "\x01\x1f\x7f", "_x0041_", "_x005F_", "#注释", "<b>&amp;</b>", "1e5", "007", "2024-01-01",
    "true", "污水处理厂", "{{ 1 }}", "长" * 32_767, "x" * 200_000, "=" + "长" * 40_000, "\x01" * 9_000,
]  # fmt: skip
POLARS = {"string": pl.String, "integer": pl.Int64, "boolean": pl.Boolean, "date": pl.Date}


@pytest.fixture(scope="module")
def invented(tmp_path_factory) -> Path:
    """A small file of the shape of ours, with nasty texts and numbers at the limits of their types."""
    path = tmp_path_factory.mktemp("仓 库'") / "invented.duckdb"
    with duckdb.connect(str(path)) as connection:
        for schema in ("staging", "marts", "quality", "reports", "meta"):
            connection.execute(f"create schema {schema}")
        connection.execute(
            "create table meta.build as select 'b1' as build_id, timestamp '2026-01-02 03:04:05' as built_at"
        )
        connection.execute(
            "create table meta.column_dictionary (schema_name varchar, table_name varchar, column_name varchar,"
            " data_type varchar, unit varchar, description_zh varchar, description_en varchar)"
        )
        connection.execute("create table marts.dim_document (document_id varchar primary key, file_name varchar not null,"
                           " source_url varchar)")  # fmt: skip
        connection.execute("insert into marts.dim_document values ('d', '甲.txt', null)")
        connection.execute(
            "create table marts.dim_project (project_id integer primary key, document_id varchar not null, project_name varchar,"
            " budget_cny decimal(18,2), cumulative_ratio decimal(18,6), target_value decimal(24,6), project_no bigint,"
            " is_current boolean, target_date date)"
        )
        connection.execute("insert into meta.column_dictionary values ('marts', 'dim_project', 'budget_cny', 'DECIMAL(18,2)',"
                           " '元 | yuan (CNY)', '预算（元）', 'Budget.')")  # fmt: skip
        connection.execute("comment on table marts.dim_project is '项目：每行一个 | One row per project.'")
        rows = [
            (1000 - number, "d", text, *(None,) * 6) if number % 3 else (
                1000 - number, "d", text, Decimal("-0.10"), Decimal("0.333333"), Decimal("10.5"), -number, number % 2 == 0,
                date(2024, 2, 29),
            )
            for number, text in enumerate(TEXTS)
        ]  # fmt: skip
        most = (0, "d", None, Decimal("9999999999999999.99"), Decimal("0"), Decimal("999999999999999999.999999"), 2**63 - 1,
                False, date(1899, 12, 31))  # fmt: skip
        connection.executemany("insert into marts.dim_project values (?, ?, ?, ?, ?, ?, ?, ?, ?)", [*rows, most])
        connection.execute(
            "create table quality.result as select 'Q01' as rule_id, i as project_id from range(996, 1001) as t(i)"
        )
        connection.execute("create table reports.empty_report (a varchar, b decimal(18,2))")
        connection.execute("create table staging.project as select 1 as is_not_exported")
    path.chmod(0o444)
    return path


@pytest.fixture(scope="module")
def out(invented, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("导 出") / "deep" / "export"
    export.export(invented, path)
    return path


@pytest.fixture(scope="module")
def real_out(warehouse, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("real") / "export"
    export.export(warehouse, path)
    return path


@pytest.fixture(params=["invented", "five documents"])
def exported(request) -> tuple[Path, Path]:
    """The file and its export."""
    names = ("invented", "out") if request.param == "invented" else ("warehouse", "real_out")
    return tuple(request.getfixturevalue(name) for name in names)


def tables(warehouse: Path) -> dict[str, tuple[catalogue.Table, list[tuple]]]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        found = catalogue.tables(connection)
        return {table.name: (table, connection.execute(table.select()).fetchall()) for table in found}


def resources(folder: Path) -> dict[str, dict]:
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return {resource["name"]: resource for resource in package["resources"]}


def without_guard(rows: list[tuple]) -> list[tuple]:
    return [tuple(formula.unguarded(value) if isinstance(value, str) else value for value in row) for row in rows]


def test_every_table_of_the_three_schemas_is_exported(exported):
    warehouse, folder = exported
    assert list(resources(folder)) == list(tables(warehouse))
    assert {name.split(".")[0] for name in resources(folder)} <= {"marts", "quality", "reports"}
    assert {path.stem for path in (folder / "csv").iterdir()} == set(resources(folder))
    assert {path.stem for path in (folder / "parquet").iterdir()} == set(resources(folder))


def by_year(table: catalogue.Table, rows: list[tuple]) -> list[tuple]:
    """The rows as Parquet has them: by year, the unknown last, then in the order of the table."""
    names = [column.name for column in table.columns]
    if "fiscal_year" not in names:
        return rows
    place = names.index("fiscal_year")
    return sorted(rows, key=lambda row: (row[place] is None, row[place] or 0))


def test_parquet_read_by_polars_is_the_table(exported):
    warehouse, folder = exported
    for name, (table, rows) in tables(warehouse).items():
        assert pl.read_parquet(folder / "parquet" / f"{name}.parquet").rows() == by_year(table, rows), name


def test_parquet_read_by_duckdb_is_the_table_with_its_types(exported):
    warehouse, folder = exported
    for name, (table, rows) in tables(warehouse).items():
        relation = duckdb.read_parquet(str(folder / "parquet" / f"{name}.parquet"))
        assert [str(kind) for kind in relation.types] == [column.data_type for column in table.columns], name
        assert relation.fetchall() == by_year(table, rows), name


@pytest.fixture(scope="module")
def partitioned(warehouse, tmp_path_factory) -> Path:
    """An export whose tables of 40 rows and more are folders."""
    path = tmp_path_factory.mktemp("partitioned") / "export"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parquet, "PARTITIONED_ROWS", 40)
        export.export(warehouse, path)
    return path


def test_a_table_of_many_rows_has_a_file_a_year_for_every_reader(warehouse, partitioned):
    folders = 0
    for name, (table, rows) in tables(warehouse).items():
        path = partitioned / "parquet" / f"{name}.parquet"
        if path.is_dir():
            folders += 1
            place = [column.name for column in table.columns].index("fiscal_year")
            years = {
                f"fiscal_year={'__HIVE_DEFAULT_PARTITION__' if row[place] is None else row[place]}" for row in rows
            }
            assert {found.name for found in path.iterdir()} == years
            wanted = sorted(by_year(table, rows), key=repr)
            assert sorted(pl.read_parquet(path).rows(), key=repr) == wanted, name
            arrow = pyarrow.dataset.dataset(
                path, partitioning="hive"
            ).to_table()  # names and values as Spark reads them
            assert sorted((tuple(row.values()) for row in arrow.to_pylist()), key=repr) == wanted, name
            relation = duckdb.read_parquet(f"{path}/*/*.parquet", hive_partitioning=False)
            assert [str(kind) for kind in relation.types] == [column.data_type for column in table.columns], name
            assert sorted(relation.fetchall(), key=repr) == wanted, name
            ((count,),) = duckdb.sql(f"select count(*) from '{path}/*/*.parquet' where fiscal_year = 2023").fetchall()
            assert count == sum(row[place] == 2023 for row in rows)
    assert folders >= 10


def test_the_package_names_every_file_of_a_folder(warehouse, partitioned):
    for name, (table, _) in tables(warehouse).items():
        said = resources(partitioned)[name]["jixiao:parquet"]
        files = [part["path"] for part in said.get("partitions", [said])]
        on_disk = [found.relative_to(partitioned).as_posix() for found in (partitioned / "parquet").rglob("*.parquet")]
        assert sorted(files) == sorted(
            found for found in on_disk if f"/{name}.parquet" in found and (partitioned / found).is_file()
        )
        for part in said.get("partitions", [said]):
            assert part["hash"] == f"sha256:{hashlib.sha256((partitioned / part['path']).read_bytes()).hexdigest()}"
        assert ("partitionedBy" in said) == (table.row_count >= 40 and "fiscal_year" in table.column_names)


def test_csv_read_by_polars_with_the_types_of_the_package_is_the_table(exported):
    warehouse, folder = exported
    for name, (_, rows) in tables(warehouse).items():
        resource = resources(folder)[name]
        schema = {field["name"]: polars_type(field) for field in resource["schema"]["fields"]}
        assert without_guard(pl.read_csv(folder / resource["path"], schema=schema).rows()) == rows, name


def polars_type(field: dict):
    if field["type"] == "number":
        return pl.Decimal(*map(int, re.fullmatch(r"DECIMAL\((\d+),(\d+)\)", field["jixiao:dataType"]).groups()))
    return POLARS[field["type"]]


def test_csv_read_by_duckdb_is_the_table(exported):
    warehouse, folder = exported
    for name, (_, rows) in tables(warehouse).items():
        resource = resources(folder)[name]
        types = {field["name"]: field["jixiao:dataType"] for field in resource["schema"]["fields"]}
        relation = duckdb.sql("from read_csv($path, header = true, columns = $types, delim = ',', quote = '\"', escape = '\"')",
                              params={"path": str(folder / resource["path"]), "types": types})  # fmt: skip
        assert without_guard(relation.fetchall()) == rows, name


def test_csv_begins_with_the_mark_that_excel_needs(out):
    for path in (out / "csv").iterdir():
        assert path.read_bytes().startswith(b"\xef\xbb\xbf"), path
        assert b"\xef\xbb\xbf" not in path.read_bytes().split(b"\n")[0][3:]


def test_frictionless_validates_the_package_with_its_data_and_without_network(exported, monkeypatch):
    def refuse(*_):
        raise AssertionError("a call of the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    warehouse, folder = exported
    report = frictionless.Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "type", "message"])
    assert len(report.tasks) == len(tables(warehouse))


def test_frictionless_reads_the_tables(exported):
    warehouse, folder = exported
    found = tables(warehouse)
    for resource in frictionless.Package(str(folder / "datapackage.json")).resources:
        rows = [tuple(row.to_dict().values()) for row in resource.read_rows()]
        assert without_guard(rows) == found[resource.name][1], resource.name


def test_frictionless_finds_a_row_without_its_document(invented, tmp_path):
    """The foreign keys of the package are held against the data."""
    folder = tmp_path / "export"
    export.export(invented, folder)
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    path = folder / "csv" / "marts.dim_document.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("\nd,", "\ne,"), encoding="utf-8")
    for resource in package["resources"]:
        del resource["bytes"], resource["hash"]
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    kinds = {kind for (kind,) in frictionless.Package(str(folder / "datapackage.json")).validate().flatten(["type"])}
    assert kinds == {"foreign-key"}


FIRST_ROW = 3  # below the two headers


def workbook_rows(workbook: openpyxl.Workbook, table: catalogue.Table) -> list[tuple]:
    """The rows of a sheet; an empty text is an empty cell with the text prefix, control characters are _xHHHH_."""
    sheet = workbook[table.table]
    rows = sheet.iter_rows(min_row=FIRST_ROW, max_col=len(table.columns))
    return [tuple(cell_value(cell) for cell in row) for row in rows][: table.row_count]


def cell_value(cell):
    if cell.value is None and cell.quotePrefix:
        return ""
    if isinstance(cell.value, str):
        return re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), cell.value)
    return cell.value.date() if isinstance(cell.value, datetime) else cell.value


def in_a_sheet(value):
    """What a sheet holds of a value of the table."""
    if isinstance(value, str) and len(workbook_cells.escaped(value)) > workbook_cells.MOST_CHARACTERS:
        return None  # cut: held against the note
    if isinstance(value, Decimal | int) and len(Decimal(value).as_tuple().digits) > 15:
        return str(value)
    if isinstance(value, date) and value.year < 1900:
        return str(value)
    return value


SELECTED = ("marts.dim_date", "marts.dim_division", "quality.finding", "reports.finding_overview")  # see sheets


def test_workbook_read_by_openpyxl_is_the_tables(exported):
    warehouse, folder = exported
    workbook = openpyxl.load_workbook(folder / export.WORKBOOK)
    for name, (table, rows) in tables(warehouse).items():
        if name not in SELECTED:
            assert_same_rows(workbook_rows(workbook, table), rows, name)


def assert_same_rows(read: list[tuple], rows: list[tuple], name: str) -> None:
    assert len(read) == len(rows), name
    for row, expected in zip(read, rows, strict=True):
        for value, wanted in zip(row, map(in_a_sheet, expected), strict=True):
            if isinstance(wanted, Decimal):
                assert Decimal(str(value)) == wanted, name
            elif wanted is not None or value is None:
                assert value == wanted and type(value) is type(wanted), name


def test_findings_are_in_the_workbook_in_reading_order(warehouse, real_out, connection):
    order = [
        finding
        for (finding,) in connection.execute(
            "select finding_id from quality.finding join marts.dim_document using (document_id) left join marts.dim_project"
            " using (project_id) order by dim_document.division_code, dim_document.fiscal_year nulls last, file_name,"
            " project_no nulls first, position(left(severity, 1) in 'ewi'), indicator_no nulls first, rule_id"
        ).fetchall()
    ]
    workbook = openpyxl.load_workbook(real_out / export.WORKBOOK)
    for name in ("quality.finding", "reports.finding_overview"):
        table, rows = tables(warehouse)[name]
        found = {row[0]: row for row in rows}
        assert len(order) == len(rows) > 400
        assert_same_rows(workbook_rows(workbook, table), [found[finding] for finding in order], name)


def test_the_workbook_has_the_divisions_in_use_and_no_calendar(warehouse, real_out, connection):
    workbook = openpyxl.load_workbook(real_out / export.WORKBOOK)
    table, rows = tables(warehouse)["marts.dim_division"]
    used = {name for (name,) in connection.execute("select division_id from marts.dim_document").fetchall()}
    assert_same_rows(
        workbook_rows(workbook, table)[: len(used)], [row for row in rows if row[0] in used], "dim_division"
    )
    assert workbook["dim_division"].max_row == len(used) + FIRST_ROW - 1 and len(rows) > 4_000
    assert "dim_date" not in workbook.sheetnames
    notes = {row[1]: row[5] for row in workbook[spreadsheet.CONTENTS].iter_rows(min_row=2, values_only=True)}
    assert "日历" in notes["dim_date"] and "用到的区划" in notes["dim_division"]


def test_sheets_have_chinese_headers_a_filter_and_widths(real_out, connection):
    workbook = openpyxl.load_workbook(real_out / export.WORKBOOK)
    names = dict(connection.execute(
        "select column_name, description_zh from meta.column_dictionary where table_name = 'project_overview'"
    ).fetchall())  # fmt: skip
    sheet = workbook["project_overview"]
    codes, headers = ([cell.value for cell in row] for row in sheet.iter_rows(max_row=2))
    assert codes == list(names) and headers == [names[code] for code in codes] and "有效预算（元）" in headers
    assert sheet.freeze_panes == "A3" and sheet.auto_filter.ref.startswith("A2:")
    widths = {
        code: sheet.column_dimensions[cell.column_letter].width for code, cell in zip(codes, sheet[1], strict=True)
    }
    assert widths["project_name"] > widths["project_no"] >= 8 and max(widths.values()) <= 48


def test_the_workbook_opens_in_libreoffice_in_15_seconds(real_out, tmp_path):
    program = shutil.which("soffice")
    if not program:
        pytest.skip("LibreOffice is not installed (Debian: libreoffice-calc)")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        program,
        profile,
        "--headless",
        "--convert-to",
        "csv",
        "--outdir",
        str(tmp_path),
        str(real_out / export.WORKBOOK),
    ]
    before = os.times()
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    after = os.times()
    assert (tmp_path / "jixiao.csv").stat().st_size > 1_000
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    assert spent < 15  # its own time: a machine may be busy


def test_long_texts_are_cut_in_the_workbook_and_it_says_so(invented, out):
    table, rows = tables(invented)["marts.dim_project"]
    longs = [(place, row[2]) for place, row in enumerate(rows) if row[2] and in_a_sheet(row[2]) is None]
    workbook = openpyxl.load_workbook(out / export.WORKBOOK)
    read = workbook_rows(workbook, table)
    assert len(longs) == 3
    for place, text in longs:
        assert read[place][2].endswith("…") and text.startswith(read[place][2][:-1]) and len(read[place][2]) > 4_000
    notes = {row[1]: row[5] for row in workbook[spreadsheet.CONTENTS].iter_rows(min_row=2, values_only=True)}
    assert notes["dim_project"].startswith("3 个单元格被截短") and notes["dim_document"] is None


def test_no_cell_of_the_workbook_is_a_formula(exported):
    warehouse, folder = exported
    workbook = openpyxl.load_workbook(folder / export.WORKBOOK)
    assert len(workbook.sheetnames) == len([name for name in tables(warehouse) if name != "marts.dim_date"]) + 2
    for sheet in workbook:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", (sheet.title, cell.coordinate)
                if isinstance(cell.value, str) and sheet.title not in (spreadsheet.CONTENTS, spreadsheet.DICTIONARY):
                    assert not formula.is_formula(cell_value(cell)) or cell.quotePrefix, (sheet.title, cell.coordinate)


def test_workbook_shows_numbers_and_days_as_they_are(out):
    sheet = openpyxl.load_workbook(out / export.WORKBOOK)["dim_project"]
    assert sheet.freeze_panes == "A3"
    columns = {cell.value: cell.column for cell in sheet[1]}
    shown = {row[columns["budget_cny"] - 1].value: row for row in sheet.iter_rows(min_row=3)}[-0.1]
    formats = {
        name: shown[columns[name] - 1].number_format for name in ("budget_cny", "cumulative_ratio", "target_date")
    }
    assert formats == {"budget_cny": "0.00", "cumulative_ratio": "0.000000", "target_date": "yyyy-mm-dd"}


def test_a_table_beyond_the_rows_of_a_sheet_is_left_out_and_named(invented, tmp_path):
    with duckdb.connect(str(invented), read_only=True) as connection:
        found = catalogue.tables(connection)
        notes = spreadsheet.write(connection, found, tmp_path / "a.xlsx", datetime(2026, 1, 2), most_rows=4)
    assert [note.split(":")[0] for note in notes] == ["marts.dim_project", "quality.result"]
    assert "quality.result: 5 行，超出工作表上限" in notes[1]
    assert "result" not in openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames


def test_no_cell_of_a_csv_file_can_run(exported):
    warehouse, folder = exported
    csv.field_size_limit(1 << 30)
    for name, (table, _) in tables(warehouse).items():
        texts = [number for number, column in enumerate(table.columns) if column.data_type == "VARCHAR"]
        with (folder / "csv" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.reader(lines):
                assert not [row[number] for number in texts if formula.is_formula(row[number])], name


@pytest.mark.parametrize("text", FORMULAS)
def test_what_could_be_a_formula_is_guarded(text):
    assert formula.guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["a=1", "5-1", "≥95%", "污水", "（=）", "1"])
def test_what_is_no_formula_is_left_as_it_is(text):
    assert formula.guarded(text) == text


def test_a_guard_is_told_from_a_text_that_begins_like_one():
    assert len({formula.guarded(text) for text in TEXTS}) == len(TEXTS)
    assert [formula.unguarded(formula.guarded(text)) for text in TEXTS] == TEXTS


def test_sql_guards_as_python_does():
    every = [chr(code) for code in range(1, 0x10000) if not 0xD800 <= code < 0xE000]
    texts = TEXTS + [f"{character}1" for character in every] + [f"{character}=1" for character in every]
    frame = pl.DataFrame({"text": texts})  # noqa: F841 (read by DuckDB)
    rows = duckdb.sql(f"select {formula.guarded_sql('text')} from frame").fetchall()
    assert [text for (text,) in rows] == [formula.guarded(text) for text in texts]


def test_checksums_cover_every_file(out):
    lines = (out / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {line[66:]: line[:64] for line in lines}
    assert sorted([*sums, "SHA256SUMS"]) == output_folder.files(out)
    for name, digest in sums.items():
        assert hashlib.sha256((out / name).read_bytes()).hexdigest() == digest


def test_the_same_file_gives_the_same_bytes(invented, out, tmp_path):
    export.export(invented, tmp_path / "again")
    assert (tmp_path / "again" / "SHA256SUMS").read_bytes() == (out / "SHA256SUMS").read_bytes()


def test_results_lead_to_no_project_and_targets_not_to_results(real_out):
    """Results beside the targets of their project are of a form that is in no dimension."""
    leads = {
        name: {field for key in resource["schema"].get("foreignKeys", []) for field in key["fields"]}
        for name, resource in resources(real_out).items()
    }
    for name in ("marts.fct_indicator_result", "marts.fct_project_execution"):
        assert "document_id" in leads[name] and not {"project_id", "indicator_id"} & leads[name]
    assert (
        "project_id" in leads["marts.fct_indicator_target"]
        and "indicator_id" not in leads["marts.fct_indicator_target"]
    )


def test_the_package_says_what_fiscal_tools_and_readers_ask(real_out):
    package = json.loads((real_out / "datapackage.json").read_text(encoding="utf-8"))
    assert package["licenses"] and len(package["sources"]) == 5
    schema = resources(real_out)["marts.fct_project_budget"]["schema"]
    fields = {field["name"]: field for field in schema["fields"]}
    assert fields["unit_id"]["columnType"] == "administrator:generic:id"
    assert fields["division_code"]["columnType"] == "geo-source:address:county:code"
    assert fields["fiscal_year"]["columnType"] == "date:fiscal-year"
    assert fields["budget_cny"]["unit"].startswith("元 | yuan") and "unit" not in fields["unit_id"]
    assert fields["budget_cny"]["normalize"] == {"amount_name": "budget_cny"}
    assert [field["columnType"] for field in schema["extraFields"] if field.get("normalizationTarget")] == ["value"]
    assert schema["primaryKey"] == ["project_id"] and schema["missingValues"] == [""]
    assert {
        "fields": ["project_id"],
        "reference": {"resource": "marts.dim_project", "fields": ["project_id"]},
    } in schema["foreignKeys"]
    used = {
        field.get("columnType")
        for resource in package["resources"]
        for field in resource["schema"]["fields"]
        if ":" in field.get("columnType", "")
    }
    ours = {name for name in used if name.startswith(("performance-indicator:", "spending-plan:"))}
    assert ours == set(package["jixiao:indicatorExtension"])


def test_every_table_has_a_key_of_its_columns(connection):
    """One without a constraint, too."""
    found = {table.name: table for table in catalogue.tables(connection)}
    assert found["quality.department_alignment"].key == ("project_id", "department_goal_id")
    for table in found.values():
        assert table.key and set(table.key) <= set(table.column_names), table.name


def test_every_field_of_the_five_documents_is_described(real_out):
    for name, resource in resources(real_out).items():
        assert resource["title"], name
        for field in resource["schema"]["fields"]:
            assert field["title"], (name, field["name"])


def test_an_export_replaces_an_export(invented, tmp_path):
    folder = tmp_path / "export"
    export.export(invented, folder)
    export.export(invented, folder)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["export"]


def test_a_failed_export_leaves_the_old_one(invented, tmp_path, monkeypatch):
    folder = tmp_path / "export"
    export.export(invented, folder)
    before = (folder / "SHA256SUMS").read_bytes()

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr(spreadsheet, "write", fail)
    assert command_line.main(["export", "--warehouse", str(invented), "--out", str(folder)]) == 1
    assert (folder / "SHA256SUMS").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["export"]


def test_a_failed_exchange_brings_the_old_export_back(invented, tmp_path, monkeypatch):
    folder = tmp_path / "export"
    export.export(invented, folder)
    rename = Path.rename

    def fail(self, target):
        if self.name == "new":
            raise OSError("no")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(FailedError, match="no"):
        export.export(invented, folder)
    assert (folder / "SHA256SUMS").is_file()


def test_a_folder_with_other_files_is_refused(invented, tmp_path):
    folder = tmp_path / "export"
    export.export(invented, folder)
    (folder / "notes.txt").write_text("mine")
    with pytest.raises(FailedError, match=r"notes\.txt"):
        export.export(invented, folder)
    assert (folder / "notes.txt").read_text() == "mine"


def test_the_warehouse_is_only_read(invented, tmp_path):
    before = invented.read_bytes()
    export.export(invented, tmp_path / "export")
    assert invented.read_bytes() == before and not Path(f"{invented}.wal").exists()


def test_a_type_without_a_form_is_named(tmp_path):
    path = tmp_path / "a.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema meta; create schema marts; create table marts.a (b varchar[])")
        connection.execute("create table meta.build (build_id varchar)")
        connection.execute("create table meta.column_dictionary as select 'x' as schema_name, 'x' as table_name,"
                           " 'x' as column_name, 'x' as unit, 'x' as description_zh, 'x' as description_en")  # fmt: skip
    with pytest.raises(FailedError, match=r"marts\.a\.b"):
        export.export(path, tmp_path / "export")
    assert not (tmp_path / "export").exists()
