"""The report as a folder: whole or as it was, of one county where one is asked for."""

import subprocess
import sys

import pytest

from serve import command_line
from serve.failure import FailedError
from serve.report import charts, index, report
from tests.support.reading import ROOT


def test_a_failed_report_leaves_the_old_one(warehouse, tmp_path, monkeypatch):
    out = tmp_path / "report"
    report.write(warehouse, out)
    before = (out / "index.html").read_bytes()

    def fail(_):
        raise OSError("disk full")

    monkeypatch.setattr(index, "write", fail)
    with pytest.raises(FailedError, match="disk full"):
        report.write(warehouse, out)
    assert (out / "index.html").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


@pytest.mark.parametrize(("kilobytes", "status"), [(8_000_000, 1), (charts.LEAST_ADDRESSES // 1024, 0)])
def test_a_limit_of_addresses_is_said_before_the_engine_of_the_charts_aborts(warehouse, tmp_path, kilobytes, status):
    command = [sys.executable, "-m", "serve", "report", "--out", str(tmp_path / "r"), "--warehouse", str(warehouse)]
    limited = ["/bin/sh", "-c", f'ulimit -v {kilobytes}; exec "$@"', "sh", *command]
    done = subprocess.run(limited, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == status, done.stderr
    assert ("ulimit -v unlimited" in done.stderr) == bool(status) == (not (tmp_path / "r").exists())


def test_an_export_is_not_replaced_by_a_report(warehouse, tmp_path):
    out = tmp_path / "export"
    assert command_line.main(["export", "--out", str(out), "--warehouse", str(warehouse)]) == 0
    with pytest.raises(FailedError, match="did not write"):
        report.write(warehouse, out)


def test_a_county_that_is_not_there_is_refused(warehouse, tmp_path, capsys):
    command = ["report", "--county", "东城区", "--out", str(tmp_path / "r"), "--warehouse", str(warehouse)]
    assert command_line.main(command) == 2
    assert "临西县 130535" in capsys.readouterr().err and not (tmp_path / "r").exists()


def test_a_report_of_a_county_lists_its_documents_alone(warehouse, tmp_path):
    report.write(warehouse, tmp_path / "r", "乐亭")
    page = (tmp_path / "r" / "index.html").read_text(encoding="utf-8")
    assert "laoting-development-zone-2023.txt" in page and "linxi-canal-park.txt" not in page
