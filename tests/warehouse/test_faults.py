"""Faults of whole builds: a full or closed disk, readers of two versions, documents that change, damaged files.

The builds leave out the models, so that many can be tried; `test_calls.py` hits single calls.
"""

import os
import random
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import duckdb
import pytest

from ingest.corpus import documents
from tests.support.fault_counts import Faults
from tests.support.faulty_step import Step
from tests.support.killed_step import WAREHOUSE
from tests.support.reading import ROOT
from tests.support.small_warehouse import sequence, write
from tests.warehouse.test_kills import digest
from warehouse import releases, rollback
from warehouse.history import history

pytestmark = pytest.mark.slow
LEFT = (0, 16, 256, 1024, 2048, 4096)  # kB on the disk when the step begins
OLDER = "1.4.*"  # DuckDB of clients that are older than the one that writes
DISK_KB = 65_536
READER = ROOT / "tests" / "support" / "reader_loop.py"


def in_namespace(script: str, *arguments: str) -> subprocess.CompletedProcess:
    """A script that may mount; skips where nobody may."""
    mount = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-mr"]
    if shutil.which("unshare") is None or subprocess.run([*mount, "mount", "-t", "tmpfs", "none", "/mnt"]).returncode:
        pytest.skip("mount namespaces are not allowed here (unshare of the Debian package util-linux)")
    command = [*mount, "sh", "-euc", script, "sh", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, errors="replace")


# The step runs on a disk of its own in the place of its folder; what it leaves is copied out.
ON_A_FULL_DISK = """
folder=$1 template=$2 left=$3 out=$4 size=$5; shift 5
mkdir -p "$folder"; mount -t tmpfs -o size=${size}k none "$folder"; cp -a "$template/." "$folder"
free=$(df --output=avail -k "$folder" | tail -n 1)
head -c $(( (free - left) * 1024 )) /dev/zero > "$folder/filler"
status=0; "$@" || status=$?
rm "$folder/filler"; cp -a "$folder/." "$out"; exit $status
"""
ON_A_CLOSED_DISK = """
folder=$1 template=$2 left=$3 out=$4 size=$5; shift 5
mkdir -p "$folder"; mount -t tmpfs none "$folder"; cp -a "$template/." "$folder"; mount -o remount,ro "$folder"
status=0; "$@" || status=$?
cp -a "$folder/." "$out"; exit $status
"""


def on_a_disk(step: Step, script: str, left: int = 0) -> subprocess.CompletedProcess:
    """Run a step on a disk of its own; afterwards its folder is what was left there."""
    out = step.path / "out"
    out.mkdir()
    place = (str(step.folder), str(step.template), str(left), str(out), str(DISK_KB))
    done = in_namespace(script, *place, *step.command)
    step.folder.rmdir()
    out.rename(step.folder)
    return done


@pytest.mark.parametrize("name", ["publish", "rollback", "cache", "build"])
def test_a_disk_that_is_full_from_some_size_on(name, tmp_path):
    step, faults, failed = Step(name, tmp_path), Faults(f"disk with little room left, {name}"), 0
    for left in LEFT:
        faults.injected += 1
        done = on_a_disk(step, ON_A_FULL_DISK, left)
        failed += done.returncode != 0
        if name == "build":
            assert done.returncode in (0, 1) and "Traceback" not in done.stderr, done.stderr
            assert done.returncode == 0 or "is full" in done.stderr, done.stderr
        step.check_whole(left)
        step.check_again(left)
        shutil.rmtree(step.folder)
        faults.survived += 1
    assert bool(failed) == (name != "publish"), "publishing takes no room, and each other step some"
    faults.write()


@pytest.mark.parametrize("name", ["publish", "rollback", "cache", "build"])
def test_a_disk_that_is_read_only(name, tmp_path):
    step, faults = Step(name, tmp_path), Faults("read-only disk", injected=1)
    done = on_a_disk(step, ON_A_CLOSED_DISK)
    assert done.returncode != 0
    if name == "build":
        assert "is not writable. Choose another WAREHOUSE" in done.stderr and "Traceback" not in done.stderr
    assert digest(step.folder / WAREHOUSE) == digest(step.template / WAREHOUSE)
    step.check_whole(name)
    step.check_again(name)
    faults.survived += 1
    faults.write()


# Readers and writers


@pytest.fixture(scope="module")
def older_duckdb(tmp_path_factory) -> str:
    """A folder with an older DuckDB, for PYTHONPATH."""
    folder = tmp_path_factory.mktemp("older")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(folder), f"duckdb=={OLDER}"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"no DuckDB {OLDER} to be had: {done.stderr.strip()[-200:]}")
    return str(folder)


def start_reader(step: Step, path: str, how: str) -> subprocess.Popen:
    command = [sys.executable, "-P", str(READER), how, str(step.folder / WAREHOUSE), str(step.path / "stop")]
    environment = os.environ | {"PYTHONPATH": path}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_readers_of_two_versions_find_a_whole_file_all_the_time(tmp_path, older_duckdb):
    step, faults = Step("build", tmp_path), Faults("publishing and rolling back under readers of DuckDB 2.0 and 1.4")
    shutil.copytree(step.template, step.folder)
    readers = [start_reader(step, path, how) for path in ("", older_duckdb) for how in ("anew", "held")]
    try:
        for number in range(3):
            (step.folder / "documents" / "more.txt").write_text(f"项目名称 {number}\n", encoding="utf-8")
            back = [sys.executable, "-m", "serve", "rollback", "--warehouse", str(step.folder / WAREHOUSE)]
            for command in (step.command, back):
                faults.injected += 1
                done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
                assert done.returncode == 0, done.stderr
                faults.survived += 1
                time.sleep(1)
    finally:
        (tmp_path / "stop").touch()
        said = [reader.communicate(timeout=60) for reader in readers]
    assert [reader.returncode for reader in readers] == [0] * 4, said
    versions, times = zip(*(out.split()[:2] for out, _ in said), strict=True)
    assert [version[:4] for version in versions] == ["2.0.", "2.0.", "1.4.", "1.4."] and all(
        int(number) > 3 for number in times
    )
    builds = [len(out.split()) - 2 for out, _ in said]
    assert builds[0] > 1 and builds[2] > 1 and builds[1::2] == [1, 1], said
    faults.write()


WRITE = (
    "import sys, duckdb; c = duckdb.connect(sys.argv[1]); c.execute('begin; create table meta.mine as select 1 as a');"
    " print('open', flush=True); input(); c.rollback()"
)


@pytest.mark.parametrize("how", ["from the start", "while it builds", "killed"])
def test_a_client_that_writes_stops_the_build(how, tmp_path, monkeypatch, no_dbt, capsys):
    from serve import command_line
    from warehouse import dbt_run

    step, faults = Step("build", tmp_path), Faults("a client that has the published file open for writing", injected=1)
    shutil.copytree(step.template, step.folder)
    place, clients = step.folder / WAREHOUSE, []
    before = digest(place)

    def open_for_writing(*_):
        command = [sys.executable, "-c", WRITE, str(place)]
        clients.append(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
        assert clients[0].stdout.readline() == "open\n"

    if how == "while it builds":
        monkeypatch.setattr(dbt_run, "run", open_for_writing)
    else:
        open_for_writing()
    if how == "killed":
        clients[0].kill()
        clients[0].wait()
    where = ["--documents", str(step.folder / "documents"), "--warehouse", str(place)]
    status = command_line.main(["build", *where])
    said = capsys.readouterr().err
    if how == "killed":
        assert status == 0, said
    else:
        assert status == 1 and "open for writing" in said
        assert digest(place) == before
        clients[0].communicate("\n")
    step.check_whole(how)
    step.check_again(how)
    faults.survived += 1
    faults.write()


# Documents


def test_documents_that_are_replaced_all_the_time(tmp_path):
    """What is published of a file is one of its versions, whole, under its own hash."""
    step, faults = Step("build", tmp_path), Faults("documents that are replaced while they are read")
    shutil.copytree(step.template, step.folder)
    folder, stop = step.folder / "documents", threading.Event()
    texts = [path.read_bytes() for path in sorted(folder.iterdir())]
    names = [f"{number}.txt" for number in range(6)]
    for name in names:
        (folder / name).write_bytes(texts[0])

    def replace_all_the_time() -> None:
        chance, number = random.Random(1), 0
        while not stop.is_set():
            number += 1
            new = tmp_path / "new"
            new.write_bytes(chance.choice(texts) + f"\n附注{number % 50}\n".encode())
            new.replace(folder / chance.choice(names))
            time.sleep(0.001)

    known = {
        documents.sha256(text + end) for text in texts for end in (b"", *(f"\n附注{n}\n".encode() for n in range(50)))
    }
    thread = threading.Thread(target=replace_all_the_time)
    thread.start()
    try:
        for _ in range(4):
            faults.injected += 1
            done = step.run()
            assert done.returncode == 0, done.stderr
            with duckdb.connect(str(step.folder / WAREHOUSE), read_only=True) as connection:
                read = connection.execute(
                    "select file_sha256, document_id, project_count from staging.document"
                ).fetchall()
                rejected = connection.execute("select distinct reason_code from staging.rejection where stage = 'open'")
                assert {reason for (reason,) in rejected.fetchall()} <= {"duplicate", "truncated"}
            assert read and all(sha in known and sha.startswith(identity) and count for sha, identity, count in read)
            faults.survived += 1
    finally:
        stop.set()
        thread.join()
    faults.write()


# Damage


def flipped(content: bytes, chance: random.Random) -> bytes:
    """One byte is another one, or the end is missing."""
    at = chance.randrange(len(content))
    if chance.random() < 0.2:
        return content[:at]
    return content[:at] + bytes([content[at] ^ (1 << chance.randrange(8))]) + content[at + 1 :]


def rows_of(file: Path, schemas: str = "not in ('meta')") -> dict[str, list[tuple]]:
    with duckdb.connect(str(file), read_only=True) as connection:
        tables = connection.execute(
            f"select schema_name || '.' || table_name from duckdb_tables() where schema_name {schemas} order by all"
        ).fetchall()
        return {table: sorted(connection.execute(f"from {table}").fetchall(), key=repr) for (table,) in tables}


def test_a_damaged_previous_file_never_makes_a_wrong_history(tmp_path):
    """It is compared as if it were whole, where the damage is in nothing that is compared, or the history starts anew."""
    first, second = list(sequence(7, 9))[-2:]
    previous, candidate = write(first, 1, tmp_path / "1" / "w.duckdb"), write(second, 2, tmp_path / "2" / "w.duckdb")
    whole, content = candidate.read_bytes(), previous.read_bytes()
    history.write(candidate, previous)
    compared, chance, faults, noted = (
        rows_of(candidate, "= 'meta'"),
        random.Random(1),
        Faults("damaged previous file"),
        0,
    )
    for _ in range(30):
        faults.injected += 1
        candidate.unlink()
        candidate.write_bytes(whole)
        previous.write_bytes(flipped(content, chance))
        replaced = history.write(candidate, previous)
        noted += "Not compared" in replaced.note
        written = rows_of(candidate, "= 'meta'")
        if replaced.build_id:
            assert written == compared
        else:
            assert "Not compared" in replaced.note and written["meta.change"] == []
        faults.survived += 1
    assert 0 < noted < faults.injected
    faults.write()


@pytest.mark.parametrize("which", ["release", "published file"])
def test_a_damaged_file_is_never_put_back_and_never_lost(which, tmp_path):
    step, chance = Step("rollback", tmp_path), random.Random(2)
    faults, put_back = Faults(f"damaged {which}, before a rollback"), 0
    for _ in range(40):
        faults.injected += 1
        shutil.copytree(step.template, step.folder)
        place = step.folder / WAREHOUSE
        (older,) = [one.path for one in releases.releases(place) if not one.is_current]
        expected, before = rows_of(older), digest(place)
        hit = older if which == "release" else place
        content = flipped(hit.read_bytes(), chance)
        hit.unlink()
        hit.write_bytes(content)
        before = digest(place)
        try:
            rollback.roll_back(place)
            put_back += 1
            assert rows_of(place) == expected
            others = [*releases.folder_of(place).glob("*.duckdb"), *place.parent.glob("*.damaged")]
            assert before in map(digest, others)
        except (rollback.RollbackError, rollback.publish.PublishError):
            assert digest(place) == before
        shutil.rmtree(step.folder)
        faults.survived += 1
    assert put_back < faults.injected if which == "release" else put_back
    faults.write()


def test_damaged_kept_rows_are_read_anew(tmp_path):
    step, chance, faults = Step("build", tmp_path), random.Random(3), Faults("damaged kept rows")
    for _ in range(5):
        faults.injected += 1
        shutil.copytree(step.template, step.folder)
        for kept in (step.folder / ".jixiao-cache").glob("*.duckdb"):
            kept.write_bytes(flipped(kept.read_bytes(), chance))
        done = step.run()
        assert done.returncode == 0 and step.is_new(step.folder / WAREHOUSE), done.stderr
        step.check_whole("kept rows")
        shutil.rmtree(step.folder)
        faults.survived += 1
    faults.write()
