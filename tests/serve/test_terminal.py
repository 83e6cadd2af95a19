"""Texts in the columns of a terminal: wrapped, shortened, whatever the width of their characters."""

import os
import pty
import struct
import subprocess
import sys
import termios
from fcntl import ioctl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serve import terminal
from serve.terminal import shortened, wrapped
from tests.support.reading import ROOT
from warehouse.text_table import width

TEXTS = st.text(alphabet="ab ，。（汉字“”-_e\u0301\n\U00020000", max_size=60)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("各县计划花多少钱？", ["各县计划花", "多少钱？"]),
        ("各县计划花，多少", ["各县计划", "花，多少"]),
        ("What does each", ["What does", "each"]),
        ("abcdefghijklm no", ["abcdefghij", "klm no"]),
        ("", [""]),
    ],
)
def test_a_text_is_wrapped_to_ten_columns(text, lines):
    assert wrapped(text, 10) == lines


@given(TEXTS, st.integers(4, 30))
def test_no_line_is_too_wide_and_no_character_is_lost(text, most):
    lines = wrapped(text, most)
    assert all(width(line) <= most for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(TEXTS, st.integers(4, 30))
def test_a_text_is_shortened_only_where_it_is_too_wide(text, most):
    short = shortened(text, most)
    assert width(short) <= most
    if width(text) <= most:
        assert short == text
    else:
        assert short.endswith("…") and text.startswith(short[:-1]) and width(short) >= most - 2


def test_a_long_text_takes_time_in_proportion():
    for text in ("费" * 400_000, "x" * 400_000, "费。" * 200_000, "。" * 400_000):
        assert sum(map(len, wrapped(text, 40))) == len(text)


@pytest.mark.parametrize(
    ("said", "columns"), [("120", 120), ("3", terminal.FEWEST), ("0", 80), ("-4", 80), ("wide", 80), ("", 80)]
)
def test_a_pipe_has_the_columns_that_are_said_else_eighty(said, columns):
    assert counted({"COLUMNS": said}, subprocess.PIPE) == columns


def test_a_terminal_has_its_own_columns_unless_others_are_said():
    ours, theirs = pty.openpty()
    try:
        ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 57, 0, 0))
        assert counted({}, theirs, ours) == 57
        assert counted({"COLUMNS": "99"}, theirs, ours) == 99
    finally:
        os.close(ours)
        os.close(theirs)


def counted(environment: dict[str, str], out: int, reads: int | None = None) -> int:
    """The columns that a process sees which writes to `out`."""
    program = "from serve import terminal; print(terminal.columns())"
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=environment, stdout=out, check=True)
    return int(ran.stdout if reads is None else os.read(reads, 100))
