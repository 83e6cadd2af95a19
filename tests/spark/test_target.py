"""Where the tables of Spark go: whole, one build at a time, and never in the place of what somebody else has there."""

import json
import os
import threading
from pathlib import Path

import pytest

from warehouse import build_lock
from warehouse.build_error import BuildError
from warehouse.progress import Progress
from warehouse.spark import place, target
from warehouse.spark.place import Place
from warehouse.spark.target import MANIFEST

QUIET = Progress(is_quiet=True)
OURS = json.dumps({"build_id": "1", "tables": "w.parquet"})
ROUNDS = 300


def opened(folder: Path | str, wait_seconds: float = 0):
    return target.opened(Place(str(folder)), "2", wait_seconds, QUIET)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"letter.txt": "mine"}, f"no {MANIFEST} of a build"),
        ({MANIFEST: '{"metadata": {}, "nodes": {}}'}, f"no {MANIFEST} of a build"),  # of dbt
        ({MANIFEST: "[1]"}, f"no {MANIFEST} of a build"),
        ({MANIFEST: OURS, "marts/dim_project/1.parquet": "", "letter.txt": "mine"}, "no build wrote, .* letter.txt"),
    ],
)
def test_a_folder_with_what_no_build_wrote_is_not_replaced(files, said, tmp_path):
    for name, text in files.items():
        path = tmp_path / "own" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    with pytest.raises(BuildError, match=said), opened(tmp_path / "own"):
        pass
    assert {name: (tmp_path / "own" / name).read_text(encoding="utf-8") for name in files} == files


def test_a_folder_of_a_build_and_an_empty_one_are_replaced(tmp_path):
    for folder in (tmp_path / "empty", tmp_path / "ours"):
        folder.mkdir()
    (tmp_path / "ours" / MANIFEST).write_text(OURS, encoding="utf-8")
    (tmp_path / "ours" / "staging").mkdir()
    for folder in (tmp_path / "empty", tmp_path / "ours", tmp_path / "new"):
        with opened(folder) as made:
            (made.private / folder.name / "marts").mkdir(parents=True)
            made.publish(None, {"build_id": "2"})
        assert {path.name for path in folder.iterdir()} == {"marts", MANIFEST}
    assert {path.name for path in tmp_path.iterdir() if not path.name.startswith(".")} == {"empty", "ours", "new"}
    assert not list(tmp_path.glob(".jixiao-build-*"))


def test_of_a_link_the_folder_behind_it_is_replaced(tmp_path):
    (tmp_path / "disk").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "disk" / "w.parquet")
    with opened(tmp_path / "link") as made:
        (made.private / "w.parquet").mkdir()
        made.publish(None, {"build_id": "2"})
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "disk" / "w.parquet" / MANIFEST).is_file()


def test_a_second_build_of_a_folder_says_who_is_before_it(tmp_path):
    folder = tmp_path / "w.parquet"
    said = rf"pid {os.getpid()}.*WAIT=seconds"
    with opened(folder), pytest.raises(build_lock.BusyError, match=said), opened(folder):
        pass
    with opened(folder):
        pass


def test_an_address_keeps_each_build_and_its_manifest_names_the_last(spark, tmp_path):
    for build_id in ("1", "2"):
        with target.opened(Place(f"file://{tmp_path}/store"), build_id, 0, QUIET) as made:
            made.check(spark)
            spark.range(3).write.parquet(f"{made.tables}/marts/numbers")
            made.publish(spark, {"build_id": build_id})
        facts = json.loads((tmp_path / "store" / MANIFEST).read_text(encoding="utf-8"))
        assert facts == {"build_id": build_id, "tables": build_id}
        assert (tmp_path / "store" / "1" / "marts" / "numbers" / "_SUCCESS").exists()
    seen = {path.name for path in (tmp_path / "store").iterdir() if not path.name.endswith(".crc")}
    assert seen == {"1", "2", MANIFEST}


def test_the_manifest_of_another_at_an_address_is_not_overwritten(spark, tmp_path):
    (tmp_path / MANIFEST).write_text('{"name": "an app"}', encoding="utf-8")
    with opened(f"file://{tmp_path}") as made, pytest.raises(BuildError, match="is of no build"):
        made.check(spark)


def test_who_reads_a_manifest_while_it_is_written_finds_it_whole(spark, tmp_path):
    found, is_over = [], threading.Event()
    target.write(spark, f"file://{tmp_path}", MANIFEST, OURS)

    def read() -> None:
        while not is_over.is_set():
            try:
                found.append((tmp_path / MANIFEST).read_text(encoding="utf-8"))
            except FileNotFoundError:
                found.append("none")

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(ROUNDS):
        target.write(spark, f"file://{tmp_path}", MANIFEST, OURS)
    is_over.set()
    reader.join()
    assert set(found) == {OURS}
    assert len(found) > ROUNDS


def test_a_file_is_written_and_renamed_over_another_by_hadoop(spark, tmp_path):
    """As on HDFS, which is not there to be tried."""
    for text in ("old", "新 manifest"):
        system, made = place.file_system(spark, f"file://{tmp_path}/.{MANIFEST}.new")
        _, path = place.file_system(spark, f"file://{tmp_path}/{MANIFEST}")
        place.write(system, made, text)
        place.rename(spark, made, path)
        assert (tmp_path / MANIFEST).read_text(encoding="utf-8") == text
    assert {path.name for path in tmp_path.iterdir() if not path.name.endswith(".crc")} == {MANIFEST}
