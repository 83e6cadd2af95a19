"""The lines of docs/scheduling.md, run as cron and systemd run them: nearly no environment, another python3, no terminal."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.support.reading import ROOT

PAGE = (ROOT / "docs" / "scheduling.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
CHECKOUT, DOCUMENTS, WAREHOUSE = "/srv/jixiao", "/srv/预算 文件", "build/warehouse.duckdb"


def blocks(language: str) -> list[str]:
    return [block for name, block in BLOCK.findall(PAGE) if name == language]


def of_cron() -> list[str]:
    """What cron starts: the shell with the rest of the line behind the five fields."""
    ((line,),) = [block.splitlines() for block in blocks("crontab")]
    command = line.split(maxsplit=5)[5]
    assert "%" not in command.replace("\\%", "")
    return ["/bin/sh", "-c", command]


def of_systemd() -> list[str]:
    """What systemd starts, in the folder of the unit, which a shell enters here."""
    unit, _ = blocks("ini")
    (start,), (folder,) = (re.findall(rf"^{name}=(.*)$", unit, re.M) for name in ("ExecStart", "WorkingDirectory"))
    assert not re.search("[%$\\\\]", start)
    return ["/bin/sh", "-c", f"cd {folder} && {shlex.join(shlex.split(start))}"]


@pytest.fixture
def documents(tmp_path) -> Path:
    folder = tmp_path / "预算 文件"
    folder.mkdir()
    shutil.copy(ROOT / "documents" / "lulong-development-zone-2021.txt", folder / "卢龙 2021.txt")
    (folder / "空白.txt").write_bytes(b"")
    return folder


@pytest.fixture
def scheduled(tmp_path, documents):
    """Runs a command of the page with its places put here, as a scheduler does. Bare builds leave out the models."""
    programs = tmp_path / "bin"
    programs.mkdir()
    other = programs / "python3"
    other.write_text(f'#!/bin/sh\necho "$@" >> "{tmp_path}/other"\nexec {sys._base_executable} -E "$@"\n')
    bare = programs / "bare"
    bare.write_text(f'#!/bin/sh\nshift 2\nexec "{ROOT}/.venv/bin/python" -m tests.support.bare_build "$@"\n')
    for program in (other, bare):
        program.chmod(0o755)

    def run(command: list[str], is_bare: bool = True) -> subprocess.CompletedProcess:
        *shell, line = command
        assert CHECKOUT in line and DOCUMENTS in line and WAREHOUSE in line
        line = line.replace(f"cd {CHECKOUT}", f"cd {shlex.quote(str(ROOT))}")
        line = line.replace(DOCUMENTS, str(documents)).replace(WAREHOUSE, str(tmp_path / "out" / "仓库.duckdb"))
        if is_bare:
            line = re.sub(r"(\bmake\b)", rf"\1 --eval 'override RUN := {bare}'", line, count=1)
        environment = {"PATH": f"{programs}:/usr/bin:/bin", "LANG": "C"}
        environment |= {name: value for name, value in os.environ.items() if name == "JIXIAO_CACHE"}
        return subprocess.run(
            [*shell, line],
            cwd="/",
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            start_new_session=True,
        )

    return run


@pytest.fixture
def checkout_is_ready():
    if not (ROOT / ".venv" / "bin" / "python").exists():
        pytest.skip("the checkout has no .venv: make test makes one")


@pytest.mark.usefixtures("checkout_is_ready")
@pytest.mark.parametrize("command", [of_cron, of_systemd])
def test_a_line_of_the_page_builds_is_quiet_and_fails_as_it_should(scheduled, command, documents, tmp_path):
    environment = os.path.realpath(ROOT / ".venv")
    first = scheduled(command())
    assert first.returncode == 0, first.stderr.decode()
    assert "空白.txt: empty" in first.stdout.decode("utf-8") and first.stderr == b""
    warehouse = tmp_path / "out" / "仓库.duckdb"
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        assert connection.execute("select file_name from staging.document").fetchall() == [("卢龙 2021.txt",)]
    again = scheduled(command())
    assert (again.returncode, again.stdout, again.stderr) == (0, b"", b"")
    before = warehouse.read_bytes()
    (documents / "manifest.csv").write_text("file_name\n不存在.txt\n", encoding="utf-8")
    failed = scheduled(command())
    said = failed.stderr.decode("utf-8")
    assert failed.returncode == 2 and failed.stdout == b""
    assert (
        "Not published; the warehouse is as it was." in said and "'不存在.txt' is not in the documents folder" in said
    )
    assert warehouse.read_bytes() == before
    last = json.loads((warehouse.parent / "last-run.json").read_text(encoding="utf-8"))
    assert (last["status"], last["exit_status"]) == ("failed", 1)
    assert (tmp_path / "other").read_text().splitlines() == ["environment.py"] * 3, "the other python3 comes first"
    assert os.path.realpath(ROOT / ".venv") == environment, "and it replaces nothing"


@pytest.mark.slow
@pytest.mark.usefixtures("checkout_is_ready")
def test_a_whole_build_needs_no_more_than_cron_gives_it(scheduled, tmp_path):
    done = scheduled(of_cron(), is_bare=False)
    assert done.returncode == 0, done.stderr.decode()
    with duckdb.connect(str(tmp_path / "out" / "仓库.duckdb"), read_only=True) as connection:
        assert connection.execute("select gate_status from meta.build").fetchall() == [("passed",)]


def test_the_units_are_what_systemd_takes(tmp_path):
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed (Debian package systemd)")
    for name, text in zip(("jixiao.service", "jixiao.timer"), blocks("ini"), strict=True):
        (tmp_path / name).write_text(text, encoding="utf-8")
    command = ["systemd-analyze", "verify", *(str(tmp_path / name) for name in ("jixiao.service", "jixiao.timer"))]
    checked = subprocess.run(command, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
