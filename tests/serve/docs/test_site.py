"""The site of the docs opens from a folder: every link leads to a page and a heading that are there, nothing is asked of a network."""

import importlib.util
import json
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

from serve import command_line
from serve.docs import site
from serve.failure import FailedError
from tests.support.browser import page_of
from tests.support.reading import ROOT

MADE_OF = {
    "model.a": ("intermediate.int_a", ["source.a", "seed.a"]),
    "model.b": ("marts.fct_b", ["model.a"]),
    "model.c": ("reports.c", ["model.b", "model.a"]),
    "model.d": ("marts.dim_d", ["seed.a"]),
    "seed.a": ("seeds.s", []),
    "source.a": ("staging.project", []),
    "source.b": ("meta.build", []),
}


def manifest() -> dict:
    """A small project as dbt describes it."""
    nodes = {
        key: {
            "resource_type": key.partition(".")[0], "schema": name.partition(".")[0], "name": name.partition(".")[2],
            "depends_on": {"nodes": parents},
        }
        for key, (name, parents) in MADE_OF.items()
    }  # fmt: skip
    reader = {"name": "e", "label": "BI", "description": "工具 | Tools.", "depends_on": {"nodes": ["model.c"]}}
    return {
        "nodes": {key: node for key, node in nodes.items() if not key.startswith("source")},
        "sources": {key: node for key, node in nodes.items() if key.startswith("source")},
        "exposures": {"exposure.e": reader},
    }


@pytest.fixture(scope="session")
def pages(tmp_path_factory) -> Path:
    """The site with a small project beside it."""
    folder = tmp_path_factory.mktemp("站点 site")
    (folder / "dbt.html").write_text("<!doctype html><title>models</title>", encoding="utf-8")
    (folder / "manifest.json").write_text(json.dumps(manifest()), encoding="utf-8")
    site.write(folder / "site", folder / "dbt.html", folder / "manifest.json")
    return folder / "site"


def documents(pages: Path) -> dict[str, html.HtmlElement]:
    return {
        path.name: html.parse(str(path), html.HTMLParser(encoding="utf-8")).getroot() for path in pages.glob("*.html")
    }


def faults(pages: Path) -> list[str]:
    """The addresses in the pages that lead out of the folder, or to a file or heading that is not there."""
    known = {name: set(page.xpath("//@id")) for name, page in documents(pages).items()}
    found = []
    for name, page in documents(pages).items():
        for address in page.xpath("//@href | //@src | //@action"):
            parts = urlsplit(address)
            target = unquote(parts.path) or name
            if parts.scheme or parts.netloc or target.startswith("/"):
                found.append(f"{name}: {address} is elsewhere")
            elif not (pages / target).exists():
                found.append(f"{name}: {address} is not there")
            elif parts.fragment and target in known and unquote(parts.fragment) not in known[target] | {"__codelineno"}:
                found.append(f"{name}: {address} has no such heading")
    return [fault for fault in found if "#__" not in fault]


def test_every_page_is_there(pages):
    made = {"lineage", "contributing", "questions", "models"}
    assert {path.stem for path in pages.glob("*.html")} == {path.stem for path in (ROOT / "docs").glob("*.md")} | made


def test_every_link_leads_to_what_is_there(pages):
    assert faults(pages) == []


@pytest.mark.parametrize(
    "address", ["https://example.org/a.js", "//example.org/a.js", "/a.html", "gone.html", "index.html#gone"]
)
def test_a_link_that_leads_nowhere_is_found(tmp_path, address):
    (tmp_path / "index.html").write_text(f'<p id="a"><a href="{address}">a</a>', encoding="utf-8")
    assert len(faults(tmp_path)) == 1


def test_a_page_with_a_dead_link_stops_the_site(pages, tmp_path, monkeypatch):
    def staged(folder: Path, *_):
        (folder / "index.md").write_text("[gone](gone.md)", encoding="utf-8")

    monkeypatch.setattr(site, "_stage", staged)
    with pytest.raises(FailedError, match=r"gone\.md"):
        site.write(tmp_path / "site", tmp_path, tmp_path)


def test_the_lineage_names_the_nearest_published_tables(pages):
    rows = [
        [cell.text_content() for cell in row.xpath("./td")]
        for row in documents(pages)["lineage.html"].xpath("//tbody/tr")
    ]
    assert rows == [
        ["marts.dim_d", "seeds, or nothing that is read"],
        ["marts.fct_b", "staging.project"],
        ["reports.c", "marts.fct_b, staging.project"],
        ["BI", "工具 | Tools.", "reports.c"],
    ]


def test_a_star_in_the_dictionary_is_a_star(pages):
    assert "cumulative_*" in documents(pages)["dictionary.html"].text_content()


def test_pages_ask_for_nothing_and_their_search_finds_both_languages(pages, browser):
    with page_of(browser) as (page, requests, errors):
        for path in sorted(pages.glob("*.html")):
            page.goto(path.as_uri())
        page.goto((pages / "index.html").as_uri())
        for text in ("rollback", "可比性"):
            page.fill(".md-search__input", text)
            page.press(".md-search__input", "ArrowRight")
            page.wait_for_function("() => /\\d/.test(document.querySelector('.md-search-result__meta').innerText)")
            assert page.locator(".md-search-result__item").count() > 0
            page.fill(".md-search__input", "")
            page.press(".md-search__input", "ArrowRight")
            page.wait_for_function("() => !/\\d/.test(document.querySelector('.md-search-result__meta').innerText)")
        assert [address for address in requests if not address.startswith(("file:", "data:"))] == []
        assert errors == []


def test_without_the_library_the_message_says_what_to_do(warehouse, tmp_path, monkeypatch, capsys):
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "material" else found(name))
    monkeypatch.setattr("serve.docs.docs.write_dictionary", lambda *_: tmp_path)
    monkeypatch.setattr("serve.docs.checks.write", lambda: tmp_path)
    assert command_line.main(["docs", "--out", str(tmp_path / "docs"), "--warehouse", str(warehouse)]) == 1
    assert "make environment-docs" in capsys.readouterr().err
    assert not (tmp_path / "docs").exists()


@pytest.mark.slow
def test_the_site_of_the_models_opens_with_an_overview_of_its_own(warehouse, tmp_path, browser):
    before = {path: path.read_bytes() for path in (ROOT / "docs").glob("*.md")}
    assert command_line.main(["docs", "--out", str(tmp_path / "docs"), "--warehouse", str(warehouse)]) == 0
    assert {path: path.read_bytes() for path in before} == before
    assert faults_without_models(tmp_path / "docs") == []
    with page_of(browser) as (page, requests, _):
        page.goto((tmp_path / "docs" / "models.html").as_uri())
        page.wait_for_selector("text=Python transcribes the documents")
        assert [address for address in requests if not address.startswith(("file:", "data:", "blob:"))] == []


def faults_without_models(pages: Path) -> list[str]:
    """dbt's page is one application, whose addresses are made by its script."""
    return [fault for fault in faults(pages) if not fault.startswith("models.html")]
