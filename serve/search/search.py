"""Where the documents say a text, best first: document, kind, snippet and place of each hit."""

from pathlib import Path

import duckdb

from serve import published
from serve.answer import Answer
from serve.failure import FailedError, WrongCallError
from serve.render import rendered
from serve.search.query import BEGIN, COLUMNS, counts, hits, near
from serve.terminal import CUT, columns, shortened, wrapped
from warehouse.text_table import visible, width

KINDS = {
    "document_title": "文件标题 title",
    "unit_name": "预算单位 unit",
    "county_name": "县区 county",
    "project_name": "项目名称 project name",
    "project_code": "项目编码 project code",
    "purpose": "资金用途 purpose",
    "goal": "绩效目标 goal",
    "indicator_name": "三级指标 indicator",
    "description": "指标描述 description",
    "target": "指标值 target",
    "basis": "依据 basis",
    "project_attribute": "项目说明 project detail",
    "indicator_attribute": "指标附列 indicator detail",
    "project_unit": "项目单位 unit of the form",
    "section_heading": "章节标题 section",
    "section_item": "部门目标 department's goals",
}
INDENT = 13  # columns before the place of a hit, under its text
BEFORE_MARK = 30  # columns of a text in front of what was found, where it is cut
CURRENT = "只查现行版本，ALL=1 查全部版本 | current versions only, ALL=1 for every version"
EVERY = "查全部版本 | every version"


def search(
    warehouse: Path, text: str, limit: int = 20, form: str = "table", every_version: bool = False
) -> tuple[str, str]:
    """What the file says about `text`: the hits in one of the formats of `render`, and a note of how many there are.

    Raises FailedError, or WrongCallError where nothing is asked.
    """
    if not text.strip():
        raise WrongCallError("没有检索词 | Nothing to search for.", "make search TEXT=污水, jixiao search 污水")
    with published.opened(warehouse) as connection:
        try:
            rows = hits(connection, text, limit, every_version)
            without = "" if rows else _without_hit(connection, text)
        except duckdb.CatalogException as error:
            raise FailedError(f"{warehouse} 没有检索索引 | has no search index.", published.ANEW) from error
    total = rows[0]["hit_count"] if rows else 0
    scope = EVERY if every_version else CURRENT
    return _written(rows, text, form), f"{without}{len(rows)} / {total:,} 条命中 | hits; {scope}"


def _written(rows: list[dict], text: str, form: str) -> str:
    """The hits; a table has two lines or more for each."""
    if form == "table":
        return _table(rows)
    answer = Answer(text, text, text, COLUMNS, [tuple(row[name] for name in COLUMNS) for row in rows])
    return rendered([answer], form)


def _without_hit(connection: duckdb.DuckDBPyConnection, text: str) -> str:
    """Why nothing was found: how many texts contain each word, and words like them."""
    words = counts(connection, text)
    if not words:
        return "没有可检索的字词 | No letter, digit or Chinese character to search for.\n"
    lines = ["没有命中，一条文本须含所有词 | No hit; a hit holds every word.\n"]
    lines += [f"  {word}: {count:,} 条文本 | texts\n" for word, count in words.items()]
    like = near(connection, text)
    return "".join(lines) + (f"  相近的词 | near: {' '.join(like)}\n" if like else "")


def _table(rows: list[dict]) -> str:
    """For each hit its snippet on one line, and its place on the next ones. Control characters of a document do not reach the
    terminal.
    """
    most = columns() - INDENT
    lines = []
    for number, row in enumerate(rows, 1):
        lines.append(f"{number:3}  {row['score']:6.3f}  {_cut(visible(row['snippet']), most)}")
        lines += [" " * INDENT + line for line in wrapped(visible(_place(row)), most)]
    return "".join(f"{line}\n" for line in lines)


def _place(row: dict) -> str:
    """Where a hit stands: county, year, unit, project, what it is of, document and place."""
    number = row["indicator_no"] or row["goal_no"] or row["item_no"]
    kinds = [row["kind"], *filter(None, row["also_in"].split(", "))]
    what = "、".join(KINDS[kind] for kind in kinds) + (f" {number}" if number else "")
    project = f"{row['project_no'] or ''} {row['project_name'] or ''}".strip()
    where = [f"{row['county_name']} {row['fiscal_year'] or '?'}", row["unit_name"], project, what]
    place = f"{row['file_name']} {row['source_ref']}{'' if row['is_current'] else ' (旧版 superseded)'}"
    return " · ".join([part for part in where if part] + [place])


def _cut(snippet: str, most: int) -> str:
    """The piece of a snippet around the first mark that `most` columns hold."""
    found = max(snippet.find(BEGIN), 0)
    before = snippet[:found][-BEFORE_MARK:]
    while width(before) > min(BEFORE_MARK, most // 3):
        before = before[1:]
    rest = snippet[found:]
    begin = "" if len(before) == found else CUT
    return shortened(begin + before + rest, most)
