"""Fixtures of the tests of builds."""

import shutil
from pathlib import Path

import pytest

from tests.support import bare_build
from tests.support.reading import ROOT


@pytest.fixture
def no_dbt(monkeypatch):
    """Leave out the models: the test is about what stands before and behind them."""
    bare_build.leave_out_models(monkeypatch.setattr)


@pytest.fixture
def folder(tmp_path) -> Path:
    """A folder of one good document; its name has a blank, and Chinese characters."""
    folder = tmp_path / "文件 夹"
    folder.mkdir()
    shutil.copy(ROOT / "documents" / "lulong-development-zone-2021.txt", folder / "卢龙.txt")
    return folder
