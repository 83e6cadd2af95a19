"""What DuckDB may take in a build: asked for, or a share of what is free on the machine, in its groups and limits."""

import os
import resource
from pathlib import Path

import duckdb
import pytest

from serve import command_line
from warehouse import database, memory

GB = 10**9


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("2GB", 2 * GB), ("2gb", 2 * GB), ("1.5 GB", 3 * GB // 2), ("800M", 800_000_000), ("1GiB", 1024**3), ("1Ti", 1024**4),
        ("200000000B", 200_000_000), (" 300000k ", 300_000_000), ("134217728B", 134217728),
    ],
)  # fmt: skip
def test_a_size_as_somebody_writes_it(text, size):
    assert memory.parsed(text) == size


@pytest.mark.parametrize(
    "text", ["", "2", "much", "-2GB", "2XB", "100MB", "0GB", "134217727B", "2GB 3GB", "٣", "1e9B", "nan"]
)
def test_what_is_no_size_or_too_little_says_how_to_write_it(text):
    with pytest.raises(ValueError, match=r"2GB|at least"):
        memory.parsed(text)


def test_a_wrong_size_is_a_wrong_call(tmp_path, capsys):
    assert command_line.main(["build", "--memory", "much", "--warehouse", str(tmp_path / "w.duckdb")]) == 2
    assert "'much' is no size; write it as 2GB" in capsys.readouterr().err


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine of 8 GB free, without groups and limits."""
    monkeypatch.setattr(memory, "PROC", tmp_path / "proc")
    monkeypatch.setattr(memory, "CGROUPS", tmp_path / "cgroup")
    monkeypatch.setattr(resource, "getrlimit", lambda which: (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    write(tmp_path / "proc" / "meminfo", "MemTotal: 16000000 kB\nMemAvailable: 8000000 kB\n")
    write(tmp_path / "proc" / "self" / "statm", "500000 1 1 1 0 1 0\n")
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_half_of_what_is_free_on_the_machine(machine):
    assert memory.free() == 8_000_000 * 1024
    assert memory.share_of_free() == 4_000_000 * 1024


def test_a_control_group_around_the_process_counts(machine):
    write(machine / "proc" / "self" / "cgroup", "0::/job/step\n")
    write(machine / "cgroup" / "job" / "step" / "memory.max", "max\n")
    write(machine / "cgroup" / "job" / "step" / "memory.current", "1000\n")
    write(machine / "cgroup" / "job" / "memory.max", f"{4 * GB}\n")
    write(machine / "cgroup" / "job" / "memory.current", f"{2 * GB}\n")
    write(machine / "cgroup" / "job" / "memory.stat", f"anon 5\ninactive_file {GB}\n")
    assert memory.free() == 3 * GB


def test_a_container_sees_its_group_as_the_root(machine):
    write(machine / "proc" / "self" / "cgroup", "0::/\n")
    write(machine / "cgroup" / "memory.max", f"{2 * GB}\n")
    write(machine / "cgroup" / "memory.current", f"{GB}\n")
    assert memory.free() == GB


def test_an_older_control_group_counts(machine):
    write(machine / "proc" / "self" / "cgroup", "5:cpu:/a\n4:memory:/a\n")
    write(machine / "cgroup" / "memory" / "a" / "memory.limit_in_bytes", f"{3 * GB}\n")
    write(machine / "cgroup" / "memory" / "a" / "memory.usage_in_bytes", f"{GB}\n")
    assert memory.free() == 2 * GB


def test_a_limit_of_addresses_counts(machine, monkeypatch):
    monkeypatch.setattr(resource, "getrlimit", lambda which: (5 * GB, 5 * GB))
    assert memory.free() == 5 * GB - 500_000 * resource.getpagesize()


def test_little_is_never_nothing(machine):
    write(machine / "proc" / "meminfo", "MemAvailable: 1 kB\n")
    assert memory.share_of_free() == memory.LEAST


def test_few_documents_take_little_and_many_at_most_the_share(machine):
    write(machine / "proc" / "meminfo", "MemAvailable: 2000000 kB\n")
    assert memory.for_documents(1) == memory.ENOUGH
    assert memory.for_documents(memory.ENOUGH + 1) == memory.ENOUGH + 1
    assert memory.for_documents(10**12) == memory.MUCH
    write(machine / "proc" / "meminfo", "MemAvailable: 600000 kB\n")
    assert memory.for_documents(10**12) == memory.share_of_free() == 300_000 * 1024


def test_memory_is_doubled_up_to_the_most(monkeypatch):
    monkeypatch.setenv(database.MEMORY, "400")
    monkeypatch.setenv(database.MOST_MEMORY, "1000")
    limits = []
    while database.take_more():
        limits.append(os.environ[database.MEMORY])
    assert limits == ["800", "1000"]


def test_a_limit_that_nobody_set_is_not_raised(monkeypatch):
    monkeypatch.delenv(database.MOST_MEMORY, raising=False)
    assert not database.take_more()


def test_a_connection_of_a_build_has_a_limit_and_spills_beside_its_file(tmp_path, monkeypatch):
    monkeypatch.setenv(database.MEMORY, str(300 * 1024**2))
    with database.connect(tmp_path / "a.duckdb") as connection:
        query = "select current_setting('memory_limit'), current_setting('temp_directory')"
        assert connection.execute(query).fetchone() == ("300.0 MiB", str(tmp_path / "spill"))
        connection.execute(
            "create table a as select range as n, repeat('x', 100) || range as text from range(5_000_000)"
        )
        connection.execute("select * from a order by text, n desc limit 1 offset 4_000_000").fetchall()
    assert not (tmp_path / "spill").exists()


def test_too_little_is_an_error_and_not_the_end_of_the_process(tmp_path, monkeypatch):
    monkeypatch.setenv(database.MEMORY, str(memory.LEAST))
    with database.connect(tmp_path / "a.duckdb") as connection, pytest.raises(duckdb.OutOfMemoryException):
        connection.execute("select list(n order by hash(n)) from range(100_000_000) as numbers(n)")
