import pytest

from serve import command_line


@pytest.fixture(scope="session")
def report(warehouse, tmp_path_factory):
    """The report of the five documents; its path holds a blank and Chinese characters."""
    folder = tmp_path_factory.mktemp("报告 folder") / "report"
    assert command_line.main(["report", "--out", str(folder), "--warehouse", str(warehouse)]) == 0
    return folder
