"""Answers as tables that fit a terminal: names before codes, and nothing wider than there are columns.

Where a table is too wide its heads are broken at their underscores, then long texts are shortened. Figures, codes, dates and
places are never shortened: where even that does not fit, the rows stand one below the other, whole.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from serve import terminal
from serve.answer import Answer, Value, numeric_columns, plain
from serve.terminal import shortened, wrapped
from warehouse.text_table import aligned, visible, width, widths

GAP = 2  # blanks between two columns
SHORTEST = 12  # columns that a shortened text keeps
CODE = re.compile(r"_(code|id|no)$")
NAME = re.compile(r"_name$")
WHOLE = re.compile(r"_(code|id|no|ref|date|type|kind|at|utc)$")  # worth nothing in part
IS_CUT = "（带 … 的文本已截短，csv、json、md 为全文 | a text with … is cut; csv, json and md have it whole）"


@dataclass(frozen=True)
class Column:
    """A column of a table: its name and the values as they are shown."""

    name: str
    cells: list[str]
    is_figure: bool

    @property
    def content(self) -> int:
        """The width of its widest cell."""
        return max(map(width, self.cells), default=0)

    @property
    def narrowest(self) -> int:
        """The width with a broken head and texts as short as they may become."""
        is_whole = self.is_figure or WHOLE.search(self.name)
        cells = self.content if is_whole else min(self.content, SHORTEST)
        return max([cells, *map(width, _pieces(self.name))])

    def head(self, most: int) -> list[str]:
        """The name in lines of at most `most` columns, broken at underscores."""
        lines: list[str] = []
        for piece in _pieces(self.name):
            if lines and width(lines[-1] + piece) <= most:
                lines[-1] += piece
            else:
                lines.append(piece)
        return lines


def as_tables(answers: list[Answer]) -> str:
    """A table for each answer, under the question in both languages and what its figures mean."""
    most = terminal.columns()
    return "\n".join(_with_question(one, most) for one in answers)


def _with_question(one: Answer, most: int) -> str:
    texts = [one.chinese, one.english, *([one.comment] if one.comment else [])]
    count = len(one.rows)
    end = f"（{count} 行，空白为未知 | {count} rows, a blank is unknown）"
    lines = [line for text in texts for line in wrapped(visible(text), most)]
    return "\n".join([*lines, "", *_laid_out(_columns(one), most), *wrapped(end, most), ""])


def _columns(one: Answer) -> list[Column]:
    """The columns of an answer as they are shown, a name before the codes that stand in front of it."""
    cells = [[_shown(row[place]) for row in one.rows] for place in range(len(one.columns))]
    ordered: list[Column] = []
    for column in map(Column, one.columns, cells, numeric_columns(one)):
        codes = [place for place, other in enumerate(ordered) if CODE.search(other.name)]
        ordered.insert(codes[0] if codes and NAME.search(column.name) else len(ordered), column)
    return ordered


def _shown(value: Value) -> str:
    """A value for reading: on one line, thousands apart, nothing in it that a terminal would obey."""
    return f"{value:,f}" if isinstance(value, Decimal) else visible(plain(value))


def _laid_out(columns: list[Column], most: int) -> list[str]:
    """The lines of a table, or those of its rows one below the other."""
    room = most - GAP * (len(columns) - 1)
    narrowest = [column.narrowest for column in columns]
    if sum(narrowest) > room:
        return _records(columns, most)
    contents = [max(least, column.content) for least, column in zip(narrowest, columns, strict=True)]
    wholes = [max(content, width(column.name)) for content, column in zip(contents, columns, strict=True)]
    given = _grown(_grown(narrowest, contents, room), wholes, room)
    heads = [column.head(columns_given) for column, columns_given in zip(columns, given, strict=True)]
    height = max(map(len, heads), default=0)
    cells = [
        [*[""] * (height - len(head)), *head, *(shortened(cell, columns_given) for cell in column.cells)]
        for head, column, columns_given in zip(heads, columns, given, strict=True)
    ]
    rows = [list(row) for row in zip(*cells, strict=True)]
    rules = ["-" * columns_taken for columns_taken in widths(rows)]
    lines = aligned([*rows[:height], rules, *rows[height:]], [column.is_figure for column in columns])
    is_cut = any(column.content > columns_given for column, columns_given in zip(columns, given, strict=True))
    return [*lines, *(wrapped(IS_CUT, most) if is_cut else [])]


def _grown(widths_given: list[int], goals: list[int], room: int) -> list[int]:
    """The widths with the room that is left, a column at a time for the narrowest of those that want it."""
    grown = list(widths_given)
    for _ in range(room - sum(grown)):
        wanting = [place for place, goal in enumerate(goals) if grown[place] < goal]
        if not wanting:
            break
        grown[min(wanting, key=lambda place: grown[place])] += 1
    return grown


def _records(columns: list[Column], most: int) -> list[str]:
    """Each row as lines of a name and its whole value; without a row the names."""
    labels = max(width(column.name) for column in columns) + GAP
    count = len(columns[0].cells)
    if not count:
        return wrapped(", ".join(column.name for column in columns), most)
    lines = []
    for number in range(count):
        lines.append(f"[{number + 1}]")
        for column in columns:
            lines += _field(column.name, column.cells[number], labels, most)
    return lines


def _field(name: str, value: str, labels: int, most: int) -> list[str]:
    """A name and its value: side by side, or one below the other where there is no room."""
    if most - labels < SHORTEST:
        return [*wrapped(name, most), *(" " * GAP + line for line in wrapped(value, most - GAP))]
    first, *further = wrapped(value, most - labels)
    blanks = " " * (labels - width(name))
    return [f"{name}{blanks}{first}".rstrip(), *(" " * labels + line for line in further)]


def _pieces(name: str) -> list[str]:
    return re.findall(r"[^_]+_*|_+", name)
