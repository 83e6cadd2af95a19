"""One text of 10 MB beside a good document: a build reads it or says why not, in bounded memory and time."""

import os
import shutil
import sys
from pathlib import Path

import duckdb
import pytest

from tests.support import layouts
from tests.support.reading import ROOT
from tests.support.usage import Usage, usage

BYTES = 10 * 1024**2
MOST_BYTES = 1.5 * 1024**3  # of memory, all processes of the build together
MOST_SECONDS = 60  # of CPU, more than without the text

FORM = layouts.as_cells(layouts.FORM)
LINE = "投入12万元，" * 100_000 + "\n"  # shorter than the longest line that is read
ROW = "\t产出指标\n\t数量指标\n\t路灯数量\n\t维修的路灯数\n\t≥100盏\n\t计划\n\n"


def in_cell(cell: str, piece: str) -> tuple[str, str, str]:
    """What stands before, again and again, and behind it in a form of which one cell is long."""
    before, behind = FORM.split(cell, 1)
    return before, piece, behind


SHAPES = {
    "one line": ("", "x", ""), "short lines": ("", "甲\n", ""), "lines of one cell": ("", "\t甲\n", ""),
    "TABs": ("", "\t", "x"), "lines of a TAB": ("", "\t\n", "x"), "blanks": ("", " ", "x"), "newlines": ("", "\n", "x"),
    "a form": ("", FORM + "\n", ""), "forms on lines": ("", layouts.as_rows(layouts.FORM) + "\n", ""),
    "a purpose of one line": in_cell("维修路灯。", "修"), "a purpose of lines": in_cell("维修路灯。", "1.做好工作\n"),
    "a purpose of amounts": in_cell("维修路灯。", LINE), "a goal of amounts": in_cell("1.路灯常亮", LINE),
    "a target of lines": in_cell("≥100盏", "≥10公里，投入12万元\n"), "indicators": (FORM, ROW, ""),
    "digits": ("", "1", ""), "lines of a digit": ("", "1\n", ""), "年": ("", "年", ""), "years": ("", "2023年\n", ""),
    "text without breaks": ("", "甲乙丙丁", ""), "a contents page of dots": ("目录\n", ".", f"x\n\n{FORM}"),
    "a contents page": ("目录\n", "甲项目......12\n", f"\n{FORM}"), "headings": ("", "1.路灯维护绩效目标表\n\n", FORM),
}  # fmt: skip


def build(folder: Path, warehouse: Path, cache: Path) -> Usage:
    command = [sys.executable, "-m", "serve", "build", "--documents", str(folder), "--warehouse", str(warehouse)]
    return usage(command, cwd=ROOT, env=os.environ | {"JIXIAO_CACHE": str(cache)})


def documents(folder: Path) -> Path:
    """A documents folder of one good document."""
    folder.mkdir()
    shutil.copy(ROOT / "documents" / "lulong-development-zone-2021.txt", folder / "good.txt")
    return folder


@pytest.fixture(scope="module")
def cache(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def seconds_without(tmp_path_factory, cache) -> float:
    """What a build without a long text takes, once the cache is filled."""
    place = tmp_path_factory.mktemp("without")
    folder = documents(place / "documents")
    return [build(folder, place / f"{run}.duckdb", cache).seconds for run in ("first", "second")][-1]


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_a_text_of_ten_megabytes_is_read_or_rejected_within_bounds(shape, tmp_path, cache, seconds_without):
    before, piece, behind = SHAPES[shape]
    text = before + piece * (BYTES // len(piece.encode())) + behind
    folder = documents(tmp_path / "documents")
    (folder / "long.txt").write_text(text, encoding="utf-8")
    done = build(folder, tmp_path / "w.duckdb", cache)
    assert done.status == 0, done.said
    assert done.peak < MOST_BYTES
    assert done.seconds < seconds_without + MOST_SECONDS
    with duckdb.connect(str(tmp_path / "w.duckdb"), read_only=True) as connection:
        (read,) = connection.execute("select count(*) from staging.document where file_name = 'long.txt'").fetchone()
        said = connection.execute(
            "select message, next_step from staging.rejection where file_name = 'long.txt'"
        ).fetchall()
        assert connection.execute("select count(*) from staging.document where file_name = 'good.txt'").fetchone() == (
            1,
        )
    assert read == 1 or (said and all(map(all, said)))
