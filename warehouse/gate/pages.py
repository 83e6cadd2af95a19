"""The pages of a run of the gate: Great Expectations' Data Docs, made to open without a network and to call no one.

As Great Expectations writes them they fetch styles and scripts from several hosts, load a picture that reports the
visit, and fill the index by script. Here scripts, pictures and addresses go, a style sheet of our own comes in, and the
index is written as plain HTML. The folder is replaced as a whole: a failed build leaves the old pages.
"""

from __future__ import annotations

import html
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import etree
from lxml.html import HTMLParser, document_fromstring

from warehouse import beside
from warehouse.gate.verdict import Outcome, Verdict
from warehouse.private_folder import private_folder, replace_folder

if TYPE_CHECKING:
    from great_expectations.data_context import AbstractDataContext

SITE = "pages"
DROPPED = (  # with all that is in them
    "script", "style", "button", "label", "footer", "iframe", "object", "svg", "link", "img", "base", "embed", "input",
    "source",
)  # fmt: skip
RAW = ("script", "style", "iframe")  # what follows is their text, up to their end tag
BLOCKS = (
    "address", "article", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ol", "p", "pre", "section",
    "table", "tbody", "td", "th", "tr", "ul",
)  # fmt: skip
STYLE = """
body { font: 15px/1.5 system-ui, "Noto Sans CJK SC", sans-serif; color: #222; margin: 0 auto; max-width: 1200px; padding: 1em; }
table { border-collapse: collapse; width: 100%; margin: .5em 0 1.5em; }
th, td { border: 1px solid #ccc; padding: .3em .6em; text-align: left; vertical-align: top; }
th { background: #f3f3f3; }
a { color: #0b5394; }
.red { color: #a40000; font-weight: bold; } .reported { color: #8a5a00; font-weight: bold; } .met { color: #1d6b1d; }
.reason { color: #555; } .rows { color: #a40000; font-size: 13px; }
.alert, .card { border: 1px solid #ddd; padding: .4em .8em; margin: .4em 0; } .code-snippet { white-space: pre-wrap; }
.text-danger { color: #a40000; } .text-success { color: #1d6b1d; }
.text-danger::before { content: "✗ "; } .text-success::before { content: "✓ "; }
.badge { border: 1px solid #ccc; padding: 0 .3em; }
"""


def place_of(warehouse: Path) -> Path:
    """The folder of the pages of a warehouse, beside it: `county.validation` for `county.duckdb`."""
    return beside.place_of(warehouse, "validation")


def write(context: AbstractDataContext, verdict: Verdict, folder: Path) -> None:
    """Draw the results that the context holds, and put the pages in the place of the folder. Raises OSError."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with private_folder(folder) as private:
        site = private / "site"
        drawn: Any = {  # the type that Great Expectations gives it lacks show_how_to_buttons
            "class_name": "SiteBuilder",
            "show_how_to_buttons": False,
            "site_index_builder": {"class_name": "DefaultSiteIndexBuilder", "show_cta_footer": False},
            "store_backend": {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(site.resolve())},
        }
        context.add_data_docs_site(SITE, drawn)
        context.build_data_docs(site_names=[SITE])
        shutil.rmtree(site / "static", ignore_errors=True)
        for page in site.rglob("*.html"):
            page.write_text(offline(page.read_text(encoding="utf-8")), encoding="utf-8")
        (site / "index.html").write_text(_index(verdict, site), encoding="utf-8")
        replace_folder(folder, site, private)


def offline(page: str) -> str:
    """The page without scripts, pictures, foreign styles and addresses of other hosts, and with our own style.

    An element that is never closed takes nothing with it: in the tree it ends where its parent ends, and one with blocks
    in it was not closed in time.
    """
    page = _without_open_ends(page)
    root = document_fromstring(page, parser=HTMLParser(encoding="utf-8", remove_comments=True, huge_tree=True))
    for element in list(root.iter(*DROPPED)):
        if next(element.iter(*BLOCKS), None) is None:
            element.drop_tree()
        else:
            element.drop_tag()
    for element in root.iter():
        for name, value in element.items():
            if name.startswith(("on", "data-")) or _leads_away(name, value):
                del element.attrib[name]
    etree.SubElement(root.find("head"), "style").text = STYLE
    return "<!DOCTYPE html>" + etree.tostring(root, method="html", encoding="unicode")


def _without_open_ends(page: str) -> str:
    """The page without the tags of scripts and the like that no end tag follows: the rest of the page would be their text."""
    for name in RAW:
        last = max((end.start() for end in re.finditer(f"</{name}", page, re.IGNORECASE)), default=0)
        page = page[:last] + re.sub(f"<{name}[^<>]*>?", "", page[last:], flags=re.IGNORECASE)
    return page


def _leads_away(name: str, value: str) -> bool:
    return name in ("href", "src", "action", "style") and "//" in value


def _index(verdict: Verdict, site: Path) -> str:
    """The first page: every expectation, what it asserts and why, and what is red in it."""
    suites = dict.fromkeys(outcome.suite for outcome in verdict.outcomes)
    sections = "".join(_section(suite, verdict, site) for suite in suites)
    red = len(verdict.failures)
    state = f'<span class="red">未通过 red: {red}</span>' if red else '<span class="met">通过 green</span>'
    compared = f"<p>未与上次发布比较 not compared with a published warehouse: {html.escape(verdict.not_compared)}</p>"
    return (
        '<!DOCTYPE html>\n<html lang="zh">\n<head><meta charset="UTF-8"><title>发布前检查 The gate before publishing</title>'
        f"<style>{STYLE}</style></head>\n<body>\n<h1>发布前检查 The gate before publishing</h1>\n"
        f"<p>{html.escape(verdict.subject)}</p>\n"
        f"<p>{state}; {len(verdict.outcomes)} 项 expectations, {len(verdict.warnings)} 项提示 reported</p>\n"
        f"{compared if verdict.not_compared else ''}{_accepted(verdict)}{sections}</body>\n</html>\n"
    )


def _accepted(verdict: Verdict) -> str:
    return "".join(f"<p>接受的变动 accepted: {html.escape(acceptance)}</p>" for acceptance in verdict.accepted)


def _section(suite: str, verdict: Verdict, site: Path) -> str:
    rows = "".join(_row(outcome) for outcome in verdict.outcomes if outcome.suite == suite)
    pages = sorted(path.relative_to(site).as_posix() for path in site.glob(f"validations/{suite}-*/**/*.html"))
    links = " ".join(f'<a href="{html.escape(page)}">{html.escape(page.split("/")[1])}</a>' for page in pages)
    head = "<tr><th>名称 name</th><th>断言 asserts</th><th>结果 result</th></tr>"
    return f"<h2>{suite}</h2>\n<p>Data Docs: {links}</p>\n<table>{head}{rows}</table>\n"


def _row(outcome: Outcome) -> str:
    kind = "met" if outcome.is_met else "red" if outcome.expectation.stops else "reported"
    word = {"met": "通过 met", "red": "未通过 red", "reported": "提示 reported"}[kind]
    lines = [outcome.observed, *outcome.lines()] if not outcome.is_met else []
    rows = f'<div class="rows">{"<br>".join(map(html.escape, lines))}</div>' if lines else ""
    asserts, reason = html.escape(outcome.expectation.asserts), html.escape(outcome.expectation.reason)
    return (
        f'<tr><td>{outcome.expectation.name}</td><td>{asserts}<div class="reason">{reason}</div></td>'
        f'<td><span class="{kind}">{word}</span>{rows}</td></tr>\n'
    )
