"""`jixiao status`: the published file, what is wrong with it, and how the last builds ended."""

import csv
import io
import json
import shutil
from pathlib import Path

import duckdb
import pytest

from serve import command_line
from serve.status import page
from tests.support import bare_build
from tests.support.reading import ROOT
from warehouse import dbt_run
from warehouse.runs import journal

GOOD = ROOT / "documents" / "lulong-development-zone-2021.txt"
WRONG = """
insert into staging.rejection by name
select 'r' || number as rejection_id, file_name, document_id, source_ref, 'form' as stage, reason_code, message, next_step
from (values
    (1, '空白.txt', null, null, 'empty', 'The file has no content.', 'Fetch the document again.'),
    (2, 'lulong-development-zone-2021.txt', 'x', 'L12', 'other_form', 'A form of\x1b[31m points.', 'Report it.'),
    (3, 'lulong-development-zone-2021.txt', 'x', 'L90', 'bad_row', 'A row is cut.', 'Look at it.')
) as rows (number, file_name, document_id, source_ref, reason_code, message, next_step);
update meta.build set rejected_document_count = 1, gate_status = 'forced', failed_expectations = 'previous.budget_moved';
"""


@pytest.fixture
def place(tmp_path) -> Path:
    return tmp_path / "发布" / "仓库.duckdb"


@pytest.fixture
def published(warehouse, place) -> Path:
    """A copy of the published five documents, with the record of the run that made it: other tests may have run more."""
    shutil.copytree(warehouse.parent, place.parent)
    for name in ("duckdb", "runs.jsonl", "log"):
        (place.parent / f"{warehouse.stem}.{name}").rename(place.with_suffix(f".{name}"))
    runs = place.with_suffix(".runs.jsonl")
    runs.write_text(runs.read_text(encoding="utf-8").splitlines(keepends=True)[0], encoding="utf-8")
    place.chmod(0o644)
    return place


@pytest.fixture
def forced(published) -> Path:
    """One with rejections, a document read in part, and a gate that was forced."""
    with duckdb.connect(str(published)) as connection:
        connection.execute(WRONG)
    return published


@pytest.fixture
def bare(monkeypatch, tmp_path, place):
    """Runs a build of one document without the models."""
    bare_build.leave_out_models(monkeypatch.setattr)
    folder = tmp_path / "文件"
    folder.mkdir()
    shutil.copy(GOOD, folder / "卢龙.txt")

    def run(*options: str) -> int:
        return command_line.main(["build", "--documents", str(folder), "--warehouse", str(place), *options])

    return run


def status(capsys, warehouse: Path, form: str = "table") -> str:
    capsys.readouterr()
    assert command_line.main(["status", "--warehouse", str(warehouse), "--format", form]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def as_json(capsys, warehouse: Path) -> dict:
    return json.loads(status(capsys, warehouse, "json"))


def fail(*_):
    raise dbt_run.TransformError("2 models or tests failed\n  on these documents")


# The published file


def test_it_says_what_is_published_and_from_what(capsys, published, connection):
    build_id, built_at, revision = connection.execute(
        "select build_id, built_at, git_revision from meta.build"
    ).fetchone()
    told = as_json(capsys, published)
    (file,) = told["file"]
    assert file["is_published"] is True and file["build_id"] == build_id
    assert file["built_at"] == f"{built_at:%Y-%m-%dT%H:%M:%SZ}"
    assert file["git_revision"] == revision and file["documents_folder"] == str(ROOT / "documents")
    assert (file["source_document_count"], file["rejected_document_count"], file["read_in_part_count"]) == (5, 0, 0)
    assert (file["gate_status"], file["failed_runs_since"]) == ("passed", 0)
    assert file["other_build_published_last"] is None
    said = status(capsys, published)
    assert f"{file['built_at']} (UTC)" in said and "5 documents read, 0 of them in part; 0 files rejected" in said


def test_each_county_has_what_was_read_of_it(capsys, published, forced):
    counties = {row["county"]: row for row in as_json(capsys, forced)["counties"]}
    assert len(counties) == 5 and sum(row["documents_read"] for row in counties.values()) == 5
    assert counties["卢龙县"]["read_in_part"] == 1 and counties["卢龙县"]["pieces_rejected"] == 2
    assert counties["乐亭县"]["read_in_part"] == 0 and counties["临西县"]["fiscal_year"] is None


def test_each_rejection_has_its_county_reason_and_next_step(capsys, forced):
    told = as_json(capsys, forced)
    assert [(row["state"], row["county"], row["file_name"], row["source_ref"]) for row in told["rejections"]] == [
        ("rejected", None, "空白.txt", None),
        ("read_in_part", "卢龙县", "lulong-development-zone-2021.txt", "L12"),
        ("read_in_part", "卢龙县", "lulong-development-zone-2021.txt", "L90"),
    ]
    assert told["file"][0]["read_in_part_count"] == 1
    said = status(capsys, forced)
    assert "空白.txt: empty: The file has no content. Next: Fetch the document again." in said
    assert "卢龙县 lulong-development-zone-2021.txt L12: other_form: A form of [31m points. Next: Report it." in said
    assert "\x1b" not in said
    assert "gate       forced: previous.budget_moved" in said


def test_a_long_list_is_cut_for_a_person_and_whole_for_a_program(capsys, forced, monkeypatch):
    monkeypatch.setattr(page, "LISTED", 1)
    said = status(capsys, forced)
    assert "L12" in said and "L90" not in said and "… 1 more; FORMAT=csv" in said
    assert "L90" in status(capsys, forced, "csv")


@pytest.mark.parametrize("form", ["csv", "md"])
def test_rows_come_in_the_forms_of_the_other_commands(capsys, forced, form):
    said = status(capsys, forced, form)
    if form == "csv":
        blocks = dict(block.split("\n", 1) for block in said.removeprefix("# ").split("\n# "))
        assert list(blocks) == ["file", "counties", "rejections", "runs", "steps"]
        rows = list(csv.DictReader(io.StringIO(blocks["rejections"])))
        assert [row["reason_code"] for row in rows] == ["empty", "other_form", "bad_row"]
    else:
        assert "## 未入库内容" in said and "| rejected |" in said


# The runs


def test_the_last_runs_have_their_times(capsys, published):
    told = as_json(capsys, published)
    (run,) = told["runs"]
    assert (run["status"], run["exit_status"], run["documents"]) == ("published", 0, 5)
    assert sum(step["seconds"] for step in told["steps"]) == pytest.approx(run["seconds"], abs=0.01)
    assert "building and testing the models" in status(capsys, published)


def test_a_failure_after_the_published_run_is_said_with_what_it_rejected(
    capsys, published, bare, monkeypatch, tmp_path
):
    (tmp_path / "文件" / "空白.txt").write_bytes(b"")
    monkeypatch.setattr(dbt_run, "run", fail)
    assert bare() == 1
    told = as_json(capsys, published)
    assert told["file"][0]["failed_runs_since"] == 1
    assert [run["status"] for run in told["runs"]] == ["published", "failed"]
    assert [(row["state"], row["file_name"]) for row in told["rejections"]] == [("rejected_in_failed_run", "空白.txt")]
    said = status(capsys, published)
    assert "1 run(s) failed since" in said and "  2 models or tests failed\n    on these documents\n" in said
    assert "Files that the failed run rejected: 1\n  空白.txt: empty:" in said


def test_a_failure_that_a_later_run_made_good_is_none(capsys, published, bare, place):
    entries = journal.read(journal.list_of(place))
    failed = entries[0] | {"run_id": "a", "status": "failed", "exit_status": 1}
    well = entries[0] | {"run_id": "b", "status": "unchanged"}
    journal.list_of(place).write_text("\n".join(map(json.dumps, [*entries, failed, well])), encoding="utf-8")
    assert as_json(capsys, published)["file"][0]["failed_runs_since"] == 0
    assert "failed since" not in status(capsys, published)


def test_a_file_that_was_put_back_is_not_taken_for_the_last_one(capsys, published, place):
    entries = journal.read(journal.list_of(place))
    later = entries[0] | {"run_id": "d", "build_id": "20990101T000000-later"}
    journal.list_of(place).write_text("\n".join(map(json.dumps, [*entries, later])), encoding="utf-8")
    assert as_json(capsys, published)["file"][0]["other_build_published_last"] == "20990101T000000-later"
    assert "made another file, 20990101T000000-later: this one was put back" in status(capsys, published)


def test_a_run_that_was_killed_is_said(capsys, published, place):
    (run,) = journal.read(journal.list_of(place))
    killed = run | {"run_id": "c", "status": "running", "exit_status": None, "pid": 4321}
    journal.list_of(place).write_text("\n".join(map(json.dumps, [run, killed])), encoding="utf-8")
    assert as_json(capsys, published)["file"][0]["runs_without_end_since"] == 1
    assert "still running or killed" in status(capsys, published) and "process 4321" in status(capsys, published)


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"[1]\n{}\n", b'{"run_id": 1, "status": "failed", "began_at": "x", "steps": 3}']
)
def test_records_that_are_damaged_leave_the_file_to_be_described(capsys, published, place, content):
    journal.list_of(place).write_bytes(content)
    (place.parent / "last-run.json").write_bytes(content)
    assert "5 documents read" in status(capsys, published)
    assert as_json(capsys, published)["file"][0]["is_published"] is True


def test_records_that_cannot_be_read_are_said(capsys, published, place):
    journal.list_of(place).unlink()
    journal.list_of(place).mkdir()
    said = status(capsys, published)
    assert "The runs cannot be read" in said and "Is a directory" in said and "5 documents read" in said


def test_the_last_run_of_another_warehouse_is_not_taken_for_this_one(capsys, published, bare, place, monkeypatch):
    monkeypatch.setattr(dbt_run, "run", fail)
    other = place.with_name("other.duckdb")
    assert bare("--warehouse", str(other)) == 1
    told = as_json(capsys, published)
    assert told["file"][0]["failed_runs_since"] == 0 and told["rejections"] == []


# Nothing published


def test_nothing_published_yet_is_said_with_the_next_step(capsys, tmp_path):
    said = status(capsys, tmp_path / "nowhere" / "w.duckdb")
    assert "尚未发布 | has not been published yet" in said and "make build" in said and "WAREHOUSE=" in said
    told = as_json(capsys, tmp_path / "nowhere" / "w.duckdb")
    assert told["file"][0]["is_published"] is False and told["runs"] == told["counties"] == []
    assert not (tmp_path / "nowhere").exists()


def test_a_first_build_that_failed_says_why(capsys, bare, place, tmp_path):
    (tmp_path / "文件" / "空白.txt").write_bytes(b"")
    assert bare("--strict") == 1
    said = status(capsys, place)
    assert "has not been published yet" in said and "1 run(s) failed since" in said
    assert "Files that the failed run rejected: 1\n  空白.txt: empty" in said


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: path.write_text("no database"), Path.touch])
def test_what_is_no_warehouse_is_refused_as_by_the_other_commands(capsys, tmp_path, make):
    path = tmp_path / "w.duckdb"
    make(path)
    assert command_line.main(["status", "--warehouse", str(path)]) == 1
    out, err = capsys.readouterr()
    assert out == "" and "make build" in err


def test_a_link_is_followed_to_the_records_of_its_file(capsys, published, tmp_path):
    link = tmp_path / "link.duckdb"
    link.symlink_to(published)
    assert [run["status"] for run in as_json(capsys, link)["runs"]] == ["published"]
