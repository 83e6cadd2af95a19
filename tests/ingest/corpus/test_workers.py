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
    monkeypatch.setattr(workers, "ProcessPool", None)
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


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -9)])
def test_a_stopped_build_leaves_no_process(folder, tmp_path, number, status):
    for at in range(4):
        (folder / f"{at}.pdf").write_bytes(hostile.cyclic_objects() + b"\n%%%d" % at)
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
