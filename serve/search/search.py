"""`make search TEXT=污水`: where the documents say so, best first, with document, kind, snippet and place."""

import argparse
import csv
import io
import json
import os
import sys
import unicodedata
from pathlib import Path

import duckdb

from serve.formula import guarded
from serve.search.query import BEGIN, counts, hits, near

FORMATS = ("table", "csv", "json")
KINDS = {
    "project_name": "项目名称 project name",
    "project_code": "项目编码 project code",
    "purpose": "资金用途 purpose",
    "goal": "绩效目标 goal",
    "indicator_name": "三级指标 indicator",
    "description": "指标描述 description",
    "target": "指标值 target",
    "basis": "依据 basis",
}
SNIPPET_LENGTH = 60  # characters of a snippet in the table
BEFORE_MARK = 15  # of them in front of what was found
CURRENT = "只查现行版本，ALL=1 查全部版本 | current versions only, ALL=1 for every version"
EVERY = "查全部版本 | every version"


class SearchError(Exception):
    """There is nothing to search, or nothing to search for; the message says what to do."""


def main(arguments: list[str] | None = None) -> int:
    options = _parse(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal may lack the characters of a document
    try:
        found, note = search(options.warehouse, options.text, options.limit, options.format, options.all)
    except SearchError as error:
        print(error, file=sys.stderr)
        return 2
    print(found, end="")
    print(note, file=sys.stdout if options.format == "table" else sys.stderr)
    return 0


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make search", description=__doc__)
    given = os.environ.get
    parser.add_argument("--text", default=given("TEXT") or "")
    parser.add_argument("--warehouse", type=Path, default=Path(given("WAREHOUSE") or "build/warehouse.duckdb"))
    parser.add_argument("--limit", type=_positive, default=given("LIMIT") or "20")
    parser.add_argument("--format", choices=FORMATS, default=given("FORMAT") or "table")
    parser.add_argument("--all", action="store_true", default=given("ALL") == "1", help="superseded versions too")
    options = parser.parse_args(arguments)
    if options.format not in FORMATS:  # argparse does not check a default
        parser.error(f"FORMAT is one of {', '.join(FORMATS)}")
    return options


def _positive(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 2**31):
        raise argparse.ArgumentTypeError(f"{text!r}: LIMIT is a number of hits, 1 or more")
    return int(text)


def search(
    warehouse: Path, text: str, limit: int = 20, form: str = "table", every_version: bool = False
) -> tuple[str, str]:
    """What the file says about `text` as table, csv or json, and a note of how much that is. Raises SearchError."""
    if not text.strip():
        raise SearchError("没有检索词 | Nothing to search for. Say: make search TEXT=污水")
    with _open(warehouse) as connection:
        rows = hits(connection, text, limit, every_version)
        without = "" if rows else _without_hit(connection, text)
    total = rows[0]["hit_count"] if rows else 0
    rows = [{name: value for name, value in row.items() if name != "hit_count"} for row in rows]
    found = {"table": _table, "csv": _csv, "json": _json}[form](rows)
    scope = EVERY if every_version else CURRENT
    return found, f"{without}{len(rows)} / {total:,} 条命中 | hits; {scope}"


def _open(warehouse: Path) -> duckdb.DuckDBPyConnection:
    if not warehouse.is_file():
        raise SearchError(f"{warehouse} 不存在 | does not exist. Run make build, or name the file with WAREHOUSE=…")
    try:
        connection = duckdb.connect(str(warehouse), read_only=True)
        connection.execute("from meta.search_word limit 1")
    except duckdb.CatalogException as error:
        raise SearchError(f"{warehouse} 没有检索索引 | has no search index. Run make build.") from error
    except duckdb.Error as error:
        raise SearchError(f"{warehouse} 打不开 | cannot be opened: {error}") from error
    return connection


def _without_hit(connection: duckdb.DuckDBPyConnection, text: str) -> str:
    """Why nothing was found: how often each word stands anywhere, and words like them."""
    words = counts(connection, text)
    if not words:
        return "没有可检索的字词 | No letter, digit or Chinese character to search for.\n"
    lines = ["没有命中，一条文本须含所有词 | No hit; a hit holds every word.\n"]
    lines += [f"  {word}: {count:,} 条文本 | texts\n" for word, count in words.items()]
    like = near(connection, text)
    return "".join(lines) + (f"  相近的词 | near: {' '.join(like)}\n" if like else "")


def _table(rows: list[dict]) -> str:
    """Two lines per hit: the snippet, and where it stands. Control characters of a document do not reach the terminal."""
    lines = []
    for number, row in enumerate(rows, 1):
        what = KINDS[row["kind"]] + (
            f" {row['indicator_no'] or row['goal_no']}" if row["indicator_no"] or row["goal_no"] else ""
        )
        project = f"{row['project_no']} {row['project_name'] or ''}".strip()
        where = [f"{row['county_name']} {row['fiscal_year'] or '?'}", row["unit_name"], project, what]
        place = f"{row['file_name']} {row['source_ref']}{'' if row['is_current'] else ' (旧版 superseded)'}"
        lines.append(f"{number:3}  {row['score']:6.3f}  {_cut(_visible(row['snippet']))}")
        lines.append(_visible(" " * 13 + " · ".join([part for part in where if part] + [place])))
    return "".join(f"{line}\n" for line in lines)


def _visible(text: str) -> str:
    return "".join(
        " " if unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp") else character for character in text
    )


def _cut(snippet: str) -> str:
    """The part of a snippet around the first mark."""
    start = max(snippet.find(BEGIN) - BEFORE_MARK, 0)
    end = start + SNIPPET_LENGTH
    return f"{'…' if start else ''}{snippet[start:end]}{'…' if end < len(snippet) else ''}"


def _csv(rows: list[dict]) -> str:
    """A line per hit; a text that a spreadsheet would take for a formula is guarded as in the exports."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(rows[0] if rows else [])
    writer.writerows([guarded(value) if isinstance(value, str) else value for value in row.values()] for row in rows)
    return stream.getvalue() if rows else ""


def _json(rows: list[dict]) -> str:
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    sys.exit(main())
