"""The pages of the report: where each one is, how its values are written, and the environment that fills the templates.

Whatever stands in a document is text on a page: the environment escapes all of it, and takes out the characters that a
browser would obey.
"""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

import duckdb
import jinja2
from markupsafe import Markup

from serve import published
from serve.report.languages import halves
from serve.report.persons import without_persons
from serve.report.words import word
from warehouse.progress import Progress
from warehouse.text_table import visible

HERE = Path(__file__).parent
STATIC = HERE / "static"
Row = dict[str, object]
INDEX, RULES, DICTIONARY, STAR = "index.html", "rules.html", "dictionary.html", "star.html"
EXPORT = "export"  # the folder beside the report that `make export` writes


@dataclass(frozen=True)
class Column:
    """A column of a table on a page.

    `kind` says how its values are written: text, printed (text of a document, without persons), both (Chinese；English),
    code, identifier (a long one), count, money, percent, date, yes_no, web (an address), mark (a dot where there is one). `link`
    and `english` name columns of the row: the page that a value leads to, and the same value in English. `words` names the
    list of words.csv that has its values in both languages.
    """

    name: str
    zh: str
    en: str
    kind: str = "text"
    link: str = ""
    english: str = ""
    words: str = ""

    @property
    def is_figure(self) -> bool:
        return self.kind in ("count", "money", "percent")

    @property
    def is_word(self) -> bool:
        """Whether its values are words of ours, none of a document: they are not broken within a word."""
        return bool(self.words) or self.english.endswith("_en")


@dataclass(frozen=True)
class Site:
    """The folder of one report while it is written, and the file that it is written from.

    The table shown_document of the connection says which documents the report is about.
    """

    connection: duckdb.DuckDBPyConnection
    folder: Path
    progress: Progress
    county: str | None = None  # its code, where the report is about one county alone
    build: Row = field(default_factory=dict)
    exports: frozenset[str] = frozenset()  # the files of an export beside the report, as the first page leads to them

    def rows(self, query: str, values: object = None) -> list[Row]:
        """The rows of a query of serve/report/sql, by the name of its file without .sql."""
        return published.records(self.connection, sql(query), values)

    def row(self, query: str, values: object = None) -> Row:
        """The row of a query that gives exactly one."""
        (found,) = self.rows(query, values)
        return found

    def write(self, page: str, template: str, **context: object) -> None:
        """Write one page; `root` leads from it to the folder."""
        path = self.folder / page
        path.parent.mkdir(parents=True, exist_ok=True)
        root = "../" * page.count("/")
        text = environment().get_template(template).render(root=root, page=page, site=self, **context)
        path.write_text(text, encoding="utf-8")


def page_of_county(county_year_id: str) -> str:
    return f"county/{_file_name(county_year_id)}.html"


def page_of_document(document_id: str) -> str:
    return f"document/{_file_name(document_id)}.html"


def page_of_project(project_id: str) -> str:
    return f"project/{_file_name(project_id)}.html"


def _file_name(identifier: str) -> str:
    """An identifier as the name of a file: as it is, or hashed where it could be anything but a name."""
    is_name = re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z_-]{0,99}", identifier)
    return identifier if is_name else hashlib.sha256(identifier.encode()).hexdigest()[:16]


@cache
def sql(query: str) -> str:
    return (HERE / "sql" / f"{query}.sql").read_text(encoding="utf-8")


@cache
def environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, finalize=_printable,
    )  # fmt: skip
    made.filters |= {
        "money": money, "percent": percent, "count": count, "web": web_address, "languages": halves,
        "printed": without_persons, "cell": cell, "plain": plain,
    }  # fmt: skip
    made.globals |= {"page_of_county": page_of_county, "page_of_document": page_of_document}
    made.globals |= {"page_of_project": page_of_project, "pages": (INDEX, RULES, DICTIONARY, STAR), "word": word}
    made.globals |= {"stylesheet": _stylesheet}
    return made


@cache
def _stylesheet() -> Markup:
    return Markup((STATIC / "report.css").read_text(encoding="utf-8"))


def _printable(value: object) -> object:
    """A text without control characters and marks of direction; its line breaks stay."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return "\n".join(visible(line) for line in value.split("\n"))
    return value


def money(value: Decimal) -> str:
    return f"{value:,.2f}"


def percent(value: Decimal) -> str:
    return f"{(value * 100).quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


def count(value: int) -> str:
    return f"{value:,}"


def plain(value: object) -> str:
    """A value as SQL casts it to text: what the script sorts by, and what a test compares."""
    if isinstance(value, bool):
        return str(value).lower()
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def cell(value: object, kind: str) -> str:
    """A figure, date or code as a reader sees it; never called for a value that is unknown."""
    written = {"money": money, "percent": percent, "count": count}.get(kind)
    if written:
        return written(value)  # type: ignore[operator]
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else str(value)


def web_address(text: str | None) -> str | None:
    """The text, if it is an address of the web: nothing else that a document brings becomes a link."""
    return text if text and re.fullmatch(r"https?://[^\s/\"'<>\\]{1,255}(/[^\s\"'<>\\]{0,2000})?", text) else None
