"""The pages of the documentation, and the commands, statements and snippets that stand in them.

A command stands in a code span, in a line of a code block for a shell, or behind the `$` of a block that shows a terminal. A
block with more in it than commands of one line (a loop, a variable) is one command as a whole.
"""

import re
from collections.abc import Iterator

from tests.support.reading import ROOT

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
SPAN = re.compile(r"`([^`]+)`")
PROGRAM = re.compile(
    r"(make|jixiao|python3?|pip|npm|uv|git|rm|sed|sudo|wsl|systemctl|journalctl|crontab|\.venv/bin/\w+)(?=\s|$)"
)
ALONE = {"make", "jixiao"}  # words that are a command by themselves; python or pip may be the thing


def commands(page: str) -> Iterator[str]:
    """The commands of a page, without comments."""
    for language, block in BLOCK.findall(page):
        if language == "sh":
            yield from _of_shell(block)
        elif language == "console":
            yield block.partition("\n")[0].removeprefix("$ ")
    for text in SPAN.findall(BLOCK.sub("", page).replace("\n", " ")):
        program = PROGRAM.match(text)
        if program and (" " in text or text in ALONE):
            yield text.strip()


def _of_shell(block: str) -> Iterator[str]:
    lines = [line.partition(" #")[0].strip() for line in block.replace("\\\n", "").splitlines()]
    if all(PROGRAM.match(line) for line in lines):
        yield from (" ".join(line.split()) for line in lines)
    else:
        yield block.strip()


def statements(page: str) -> list[str]:
    return [block for language, block in BLOCK.findall(page) if language == "sql"]


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks_of(name: str, language: str) -> list[str]:
    return [block for kind, block in BLOCK.findall(text_of(name)) if kind == language]
