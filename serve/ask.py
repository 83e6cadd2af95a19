"""The questions of analyses/: listed, or answered from the published file."""

import difflib
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ingest.source_tree import ROOT
from serve import published
from serve.failure import FailedError, WrongCallError
from serve.render import FORMATS, Answer

ANALYSES = ROOT / "analyses"
ALL = "all"


@dataclass(frozen=True)
class Question:
    name: str
    english: str
    chinese: str
    sql: str


def questions() -> dict[str, Question]:
    """The questions by name: a file of analyses/ begins with its question in English, then in Chinese."""
    found = {}
    for path in sorted(ANALYSES.glob("*.sql")):
        sql = path.read_text(encoding="utf-8")
        english, chinese = (line.removeprefix("--").strip() for line in sql.splitlines()[:2])
        found[path.stem] = Question(path.stem, english, chinese, sql)
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


def answers(chosen: list[Question], warehouse: Path) -> list[Answer]:
    """What the published file answers, in the order of the questions. Raises FailedError."""
    with published.opened(warehouse) as connection:
        try:
            return [answer(connection, question) for question in chosen]
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            raise FailedError(
                f"{warehouse} 缺少所需的表或列 | lacks a table or column that the question needs.\n{error}",
                published.ANEW,
            ) from error
        except duckdb.Error as error:
            raise FailedError(f"{warehouse} 无法读取 | cannot be read: {error}", published.ANEW) from error


def answer(connection: duckdb.DuckDBPyConnection, question: Question) -> Answer:
    """One question put to an open warehouse."""
    return Answer(question.name, question.chinese, question.english, *published.rows(connection, question.sql))


def listing(known: dict[str, Question]) -> str:
    """All questions in both languages, and how to ask one."""
    width = max(map(len, known))
    lines = [
        f"{question.name:{width}}  {question.chinese}\n{'':{width}}  {question.english}" for question in known.values()
    ]
    forms = "|".join(FORMATS)
    usage = f"make ask Q=<name> [FORMAT={forms}] [WAREHOUSE=build/warehouse.duckdb]"
    return "\n".join(
        [*lines, "", usage, f"jixiao ask <name> [--format {forms}] [--warehouse build/warehouse.duckdb]", ""]
    )
