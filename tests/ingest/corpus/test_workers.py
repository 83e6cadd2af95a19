"""Workers: their limits, what ends them, and that they leave nothing behind."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ingest.corpus import documents, reading, workers
from ingest.readers import legacy, libreoffice
from ingest.readers.format_detection import FORMATS
from ingest.rejection_reasons import UnreadableError
from tests.support import hostile
from tests.support.compound_file import written
from tests.support.reading import ROOT
from warehouse.parsed_rows.new_rows import NewRows

RTF = (
    r"{\rtf1\ansi {\field{\*\fldinst INCLUDEPICTURE \\d \"http://127.0.0.1:9/a.png\"}{\fldrslt x}}\par "
    r"\trowd\cellx2000\cellx5000 \intbl code\cell value\cell\row \pard end\par}"
)


def surveys(folder: Path) -> list[documents.Survey]:
    return [documents.survey(file) for file in documents.list_files(folder)]


def reasons(folder: Path) -> list[str | None]:
    return [found.error and found.error.reason for found in workers.readings(surveys(folder), folder.parent)]


def processes_of(folder: Path) -> list[int]:
    """Processes whose environment names the folder: all that a build started there."""
    mark = f"HOSTILE={folder}".encode()
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark in path.read_bytes().split(b"\0"):
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "documents"
    folder.mkdir()
    return folder


def test_readings_come_in_the_order_of_the_files(folder):
    whole = hostile.seeds()
    for name in ("docx", "html", "odt", "pdf", "text", "xlsx"):
        (folder / f"{name}.file").write_bytes(whole[name])
    found = [reading.rows["document"][0] for reading in workers.readings(surveys(folder), folder.parent)]
    assert [(row["file_name"], row["file_format"]) for row in found] == [
        (f"{name}.file", name) for name in ("docx", "html", "odt", "pdf", "text", "xlsx")
    ]


def test_texts_and_files_of_no_kind_start_no_worker(folder, monkeypatch):
    monkeypatch.setattr(workers, "worker_pool", None)
    (folder / "a.txt").write_bytes(hostile.seeds()["text"])
    (folder / "b.docx").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert reasons(folder) == [None, "wrong_kind"]


def test_a_document_that_takes_too_long_is_rejected_and_the_next_is_read(folder, monkeypatch):
    monkeypatch.setattr(workers, "SECONDS", 3)
    (folder / "a.html").write_bytes(b"<html><body>x")
    (folder / "b.docx").write_bytes(hostile.seeds()["docx"])
    monkeypatch.setattr(workers, "_read", _hang_on_a)
    assert reasons(folder) == ["time_out", None]


def test_a_document_that_takes_too_much_memory_is_rejected_and_the_next_is_read(folder, monkeypatch):
    (folder / "a.html").write_bytes(b"<html><body>x")
    (folder / "b.docx").write_bytes(hostile.seeds()["docx"])
    (folder / "c.html").write_bytes(b"<html><body>y")
    monkeypatch.setattr(workers, "_read", _fill_on_a)
    assert reasons(folder) == ["memory", None, "no_form"]


def _hang_on_a(survey):
    while survey.file.name.startswith("a"):
        time.sleep(0.1)
    return reading.read_file(survey)


def _fill_on_a(survey):
    is_a = survey.file.name.startswith("a")
    workers.read_file = _fill if is_a else reading.read_file  # in the worker, which knows no patch
    return workers._read(survey)


def _fill(_):
    return [bytes(1024**2) for _ in range(2_000)]


@pytest.fixture
def texts(folder, monkeypatch):
    """A folder of short texts that workers read in batches of two; the second is none of a form."""
    monkeypatch.setattr(workers, "MANY_TEXT_BYTES", 0)
    monkeypatch.setattr(workers, "MOST_TEXTS", 2)
    monkeypatch.setattr(workers.os, "cpu_count", lambda: 2)
    whole = hostile.seeds()
    for at, name in enumerate("abcde"):
        content = b"no form here" if name == "b" else whole["text"] + f"\n附注{at}\n".encode()
        (folder / f"{name}.txt").write_bytes(content)
    (folder / "c.docx").write_bytes(whole["docx"])  # between two texts of a batch
    return folder


def rows_of(folder: Path) -> dict[str, list[dict]]:
    """The rows of all readings, as they are loaded."""
    new = NewRows()
    for survey, found in zip(surveys(folder), workers.readings(surveys(folder), folder.parent), strict=True):
        new.add(survey.sha256, found)
    return {table: frame.to_dicts() for table, frame in new.frames().items()}


def test_texts_that_workers_read_have_the_rows_of_those_that_are_read_here(texts, monkeypatch):
    in_workers = rows_of(texts)
    found = list(workers.readings(surveys(texts), texts.parent))
    assert [bool(reading.rows) for reading in found] == [
        False,
        False,
        True,
        False,
        False,
        False,
    ]  # the docx has its own
    assert [bool(reading.batch) for reading in found] == [True, False, False, True, True, True]
    monkeypatch.setattr(workers, "MANY_TEXT_BYTES", 10**9)
    assert all(reading.batch is None for reading in workers.readings(surveys(texts), texts.parent))
    assert rows_of(texts) == in_workers
    names = [row["file_name"] for row in in_workers["document"]]
    assert names == ["a.txt", "c.docx", "c.txt", "d.txt", "e.txt"]


@pytest.mark.parametrize(
    ("together", "alone", "reason"),
    [
        ("_die_with_a", "_end_with_a", "memory"),
        ("_die_with_a", "_hang_on_a", "time_out"),
        ("_hang_with_a", "_hang_on_a", "time_out"),
        ("_die_with_a", "_read_as_ever", None),
    ],
)
def test_what_ends_a_worker_is_read_alone_and_its_batch_too(texts, monkeypatch, together, alone, reason):
    monkeypatch.setattr(workers, "LIGHT_SECONDS", 3)
    monkeypatch.setattr(workers, "_read_texts", globals()[together])
    monkeypatch.setattr(workers, "_read", globals()[alone])
    assert reasons(texts) == [reason, "no_form", None, None, None, None]


def test_a_text_that_needs_more_memory_than_a_worker_has_is_read_here(texts, monkeypatch):
    expected, here = rows_of(texts), []
    monkeypatch.setattr(workers, "_read_texts", _give_none_for_a)
    monkeypatch.setattr(
        workers, "read_light", lambda survey: here.append(survey.file.name) or reading.read_light(survey)
    )
    assert rows_of(texts) == expected
    assert here == ["a.txt"]


def _has_a(surveys) -> bool:
    return any(survey.file.name.startswith("a") for survey in surveys)


def _die_with_a(surveys):
    if _has_a(surveys):
        os.kill(os.getpid(), signal.SIGKILL)
    return workers._read_texts(surveys)


def _hang_with_a(surveys):
    while _has_a(surveys):
        time.sleep(0.1)
    return workers._read_texts(surveys)


def _give_none_for_a(surveys):
    found = workers._read_texts(surveys)
    return [None, *found[1:]] if _has_a(surveys) else found


def _end_with_a(survey):
    if _has_a([survey]):
        os._exit(workers.OUT_OF_MEMORY)
    return workers._read(survey)


def _read_as_ever(survey):
    return workers._read(survey)


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -9)])
@pytest.mark.parametrize("format", ["pdf", "text"])
def test_a_stopped_build_leaves_no_process(folder, tmp_path, number, status, format):
    if format == "pdf":
        for at in range(4):
            (folder / f"{at}.pdf").write_bytes(hostile.cyclic_objects() + b"\n%%%d" % at)
    else:  # so many that they take longer than the test waits
        text = hostile.seeds()["text"] * 3
        for at in range(3_000):
            (folder / f"{at}.txt").write_bytes(text + b"%d" % at)
    command = [
        sys.executable,
        "-m",
        "serve",
        "build",
        "--documents",
        str(folder),
        "--warehouse",
        str(tmp_path / "warehouse.duckdb"),
    ]
    build = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | {"HOSTILE": str(folder)}, stderr=subprocess.DEVNULL,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell lets its background jobs ignore it
    )  # fmt: skip
    try:
        while len(processes_of(folder)) < 4:
            assert build.poll() is None
            time.sleep(0.1)
        time.sleep(1)
        build.send_signal(number)
        assert build.wait(10) == status
        until = time.monotonic() + 10
        while processes_of(folder) and time.monotonic() < until:
            time.sleep(0.1)
        assert processes_of(folder) == []
    finally:
        build.kill()


def test_without_libreoffice_a_legacy_file_is_rejected_with_the_hint(monkeypatch):
    monkeypatch.setattr(libreoffice.shutil, "which", lambda name: None)
    found = reading.read("a.doc", RTF.encode())
    assert found.error.reason == "converter_missing"
    assert "libreoffice-writer-nogui" in found.error.next_step


needs_libreoffice = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed (Debian package libreoffice-writer-nogui)"
)


@needs_libreoffice
def test_an_rtf_file_is_read_through_libreoffice():
    grid = FORMATS["rtf"].read(RTF.encode())
    assert ["code", "value"] in grid.cells


@needs_libreoffice
def test_what_libreoffice_cannot_open_is_truncated():
    with pytest.raises(UnreadableError) as caught:
        legacy.convert(written({"WordDocument": b"\xec\xa5"}), "doc", "docx")
    assert caught.value.reason in ("truncated", "structure")


@needs_libreoffice
def test_libreoffice_speaks_to_nobody(tmp_path):
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed (Debian package strace)")
    (tmp_path / "a.rtf").write_text(RTF, encoding="utf-8")
    trace = tmp_path / "trace"
    code = f"from ingest.readers import legacy; legacy.convert(open({str(tmp_path / 'a.rtf')!r}, 'rb').read(), 'rtf', 'docx')"
    traced = ["strace", "-f", "-qq", "-e", "trace=connect,sendto", "-o", str(trace), sys.executable, "-c", code]
    assert subprocess.run(traced, cwd=ROOT).returncode == 0
    assert [line for line in trace.read_text().splitlines() if "AF_INET" in line] == []
