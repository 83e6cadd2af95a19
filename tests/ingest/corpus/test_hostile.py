"""Hostile and damaged files beside a good document: the build ends, the good one is whole, each other one is named."""

from pathlib import Path

import duckdb
import pytest

from benchmarks import hostile as benchmark
from ingest.corpus import documents, reading
from tests.support import hostile

PEAK_BYTES = 1.5 * 1024**3
SLOW = ("cyclic-objects", "lines.pdf", "bomb.pdf", "characters.pdf")  # they run into their limits of time or memory


def check(folder, warehouse, expected):
    run = benchmark.build(folder, warehouse)
    assert run.status == 0, run.said
    assert "Traceback" not in run.said
    reasons = benchmark.rejected(warehouse)
    wrong = {name: reasons.get(name) for name, may in expected.items() if may and reasons.get(name) not in may}
    assert wrong == {}
    assert [name for name, reason in reasons.items() if reason == "structure"] == []
    unsaid = [name for name, reason in reasons.items() if f"  {name}: {reason}: " not in run.said]
    assert unsaid == []
    assert run.peak_bytes < PEAK_BYTES
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        good = connection.execute(
            "select project_count, (select count(*) from staging.indicator where indicator.document_id = document.document_id)"
            " from staging.document where file_name = 'good.txt'"
        ).fetchall()
    assert good == [(5, 45)]


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "documents"
    folder.mkdir()
    return folder


def test_a_hundred_hostile_files_beside_a_good_one(folder, tmp_path):
    expected = benchmark.write_corpus(folder, 100)
    for name in [name for name in expected if any(slow in name for slow in SLOW)]:
        (folder / name).unlink()
        del expected[name]
    check(folder, tmp_path / "warehouse.duckdb", expected)


@pytest.mark.slow
def test_a_thousand_hostile_files_beside_a_good_one(folder, tmp_path):
    check(folder, tmp_path / "warehouse.duckdb", benchmark.write_corpus(folder, 1_000))


def test_odd_names_are_printable_and_no_two_are_alike(folder):
    benchmark.write_corpus(folder, 0)
    names = [file.name for file in documents.list_files(folder)]
    assert len(set(names)) == len(names) == 1 + len(hostile.ODD_NAMES) + 5
    assert all(name == name.strip() and name.isprintable() for name in names)
    assert {"line\\nbreak.txt", "\\x1b[31mred.txt", "\\u202etxt.exe"} <= set(names)
    assert all(file.path.name != "folder-link" or file.path.is_symlink() for file in documents.list_files(folder))


@pytest.mark.parametrize("text", hostile.HARMFUL_TEXTS)
def test_a_harmful_text_is_stored_as_it_stands(text):
    content = hostile.FORM.format(name=text) + hostile.INDICATORS.format(name=text)
    rows = reading.read("a.txt", content.encode()).rows
    assert rows["project"][0]["project_name"] == text
    assert rows["indicator"][0]["level3_text"] == text


def test_no_path_of_an_archive_is_honoured(tmp_path):
    found = reading.read("a.docx", hostile.traversal())
    assert found.error.reason == "wrong_kind"
    assert not Path("/tmp/jixiao-was-here").exists()
