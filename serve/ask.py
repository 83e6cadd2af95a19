"""The questions of analyses/: listed, or answered from the published file."""

import difflib
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

import duckdb

from ingest.source_tree import ROOT
from serve import choice, published
from serve.answer import Answer
from serve.choice import ALL_ROWS, Choice
from serve.failure import FailedError, WrongCallError
from serve.render import FORMATS
from serve.terminal import columns, wrapped
from warehouse.progress import Progress

ANALYSES = ROOT / "analyses"
ALL = "all"
INDENT = 4  # of a question under its name
FORMS = "|".join(FORMATS)
USAGE = f"make ask Q=<name> [COUNTY=乐亭县] [YEAR=2023] [LIMIT=10] [FORMAT={FORMS}] [WAREHOUSE=build/warehouse.duckdb]"
USAGE_INSTALLED = (
    f"jixiao ask <name> [--county 乐亭县] [--year 2023] [--limit 10] [--format {FORMS}]"
    " [--warehouse build/warehouse.duckdb]"
)


@dataclass(frozen=True)
class Question:
    name: str
    english: str
    chinese: str
    comment: str
    sql: str


def questions() -> dict[str, Question]:
    """The questions by name: a file of analyses/ begins with its question in English, then in Chinese, then says what a row
    is and what its figures mean.
    """
    found = {}
    for path in sorted(ANALYSES.glob("*.sql")):
        sql = path.read_text(encoding="utf-8")
        head = takewhile(lambda line: line.startswith("--"), sql.splitlines())
        english, chinese, *comment = (line.removeprefix("--").strip() for line in head)
        found[path.stem] = Question(path.stem, english, chinese, " ".join(comment), sql)
    return found


def choose(name: str, known: dict[str, Question]) -> list[Question]:
    """The question of that name, or all of them. Raises WrongCallError with the names that are near."""
    if name == ALL:
        return list(known.values())
    if name in known:
        return [known[name]]
    near = " / ".join(difflib.get_close_matches(name, known, cutoff=0.5))
    hint = (f"相近：{near}。", f"Near: {near}. ") if near else ("", "")
    raise WrongCallError(
        f"没有名为 {name} 的问题 | There is no question {name}.",
        f"{hint[0]}不写问题则列出全部，{ALL} 全部回答 | {hint[1]}Without a question all are listed; {ALL} answers all.",
    )


def answers(
    chosen: list[Question], warehouse: Path, wanted: Choice = ALL_ROWS, is_for_people: bool = False
) -> list[Answer]:
    """What the published file answers, in the order of the questions; for people with the names of counties and without ids.

    Raises FailedError, or WrongCallError where a question has no column to choose by.
    """
    with published.opened(warehouse) as connection:
        try:
            found = _answered(connection, chosen, wanted)
            return [choice.for_people(connection, one) for one in found] if is_for_people else found
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            raise FailedError(
                f"{warehouse} 缺少所需的表或列 | lacks a table or column that the question needs.\n{error}",
                published.ANEW,
            ) from error
        except duckdb.Error as error:
            raise FailedError(f"{warehouse} 无法读取 | cannot be read: {error}", published.ANEW) from error


def _answered(connection: duckdb.DuckDBPyConnection, chosen: list[Question], wanted: Choice) -> list[Answer]:
    """The answers one by one; a terminal shows which question is asked."""
    progress = Progress()
    found = []
    for number, question in enumerate(chosen, 1):
        progress.now(f"answering {question.name}, {number} of {len(chosen)}")
        found.append(answer(connection, question, wanted))
    progress.done()
    return found


def answer(connection: duckdb.DuckDBPyConnection, question: Question, wanted: Choice = ALL_ROWS) -> Answer:
    """One question put to an open warehouse."""
    rows = choice.rows(connection, question.name, question.sql, wanted)
    return Answer(question.name, question.chinese, question.english, *rows, question.comment)


def listing(known: dict[str, Question]) -> str:
    """All questions in both languages, wrapped to the terminal, and how to ask one."""
    most = columns()
    lines = []
    for question in known.values():
        texts = [line for text in (question.chinese, question.english) for line in wrapped(text, most - INDENT)]
        lines += [*wrapped(question.name, most), *(" " * INDENT + text for text in texts)]
    return "\n".join([*lines, "", *wrapped(USAGE, most), *wrapped(USAGE_INSTALLED, most), ""])
