"""Lists of findings and forms in Chromium: sorted, filtered, on a phone, on paper."""

import io
import unicodedata

import pdfplumber
import pytest

LIST = "document/94433161f73efd5f.html"
FORM = "project/94433161f73efd5f-14.html"
MILLIMETRES = 25.4 / 72  # of a point


def test_findings_are_sorted_and_filtered(visited):
    with visited(LIST) as shown:
        rows = shown.locator("table[data-table=findings] tbody tr")
        whole = rows.count()
        money = shown.locator("table[data-table=findings] th:nth-child(3)")
        money.locator("button").click()
        money.locator("button").click()
        values = [
            float(value)
            for value in rows.locator("td:nth-child(3)").evaluate_all("all => all.map(c => c.dataset.value ?? -1)")
        ]
        assert money.get_attribute("aria-sort") == "descending" and values == sorted(values, reverse=True)
        shown.locator(".filter input").last.fill("错误")
        seen = shown.locator("table[data-table=findings] tbody tr:visible")
        assert 0 < seen.count() < whole
        assert all("错误" in text for text in seen.all_inner_texts())


@pytest.mark.parametrize("page", [LIST, FORM])
def test_on_a_phone_nothing_is_cut_at_the_side(visited, page):
    with visited(page, width=390) as shown:
        for language in ("zh", "en"):
            shown.click(f"#language button[value={language}]")
            assert shown.evaluate("document.documentElement.scrollWidth") <= 390
            for table in ("table.list", "table.form"):
                widths = shown.locator(f"{table} td:visible").evaluate_all(
                    "all => all.map(c => c.getBoundingClientRect().right)"
                )
                assert max(widths, default=0) <= 390


def test_on_a_phone_a_value_has_its_label_in_the_language_that_is_read(visited):
    label = "getComputedStyle(document.querySelector('table.form td[data-zh]'), '::before').content"
    with visited(FORM, width=390) as shown:
        assert "一级指标" in shown.evaluate(label)
        shown.click("#language button[value=en]")
        assert "Level 1" in shown.evaluate(label)


def test_a_finding_leads_to_its_value(visited):
    with visited(LIST) as shown:
        link = shown.locator("table[data-table=findings] tbody tr td:nth-child(2) a").first
        anchor = link.get_attribute("href").split("#")[1]
        link.click()
        assert shown.locator("li:target").get_attribute("id") == anchor


def test_a_list_is_printed_on_a4_landscape_with_its_header_on_each_page(visited):
    """Read in English: a machine without a Chinese font prints Chinese as signs that no reader gets back."""
    with visited(LIST) as shown:
        shown.click("#language button[value=en]")
        printed = pdfplumber.open(io.BytesIO(shown.pdf(prefer_css_page_size=True)))
    texts = [unicodedata.normalize("NFKC", page.extract_text()) for page in printed.pages]
    assert {(round(page.width * MILLIMETRES), round(page.height * MILLIMETRES)) for page in printed.pages} == {
        (297, 210)
    }
    assert len(texts) > 3 and all("State" in text for text in texts[:-1])
    assert "List as xlsx" not in texts[0]
    assert max(word["x1"] for page in printed.pages for word in page.extract_words()) <= printed.pages[0].width - 20


def test_a_form_is_printed_on_a4(visited):
    with visited(FORM) as shown:
        printed = pdfplumber.open(io.BytesIO(shown.pdf(prefer_css_page_size=True)))
    (size,) = {(round(page.width * MILLIMETRES), round(page.height * MILLIMETRES)) for page in printed.pages}
    assert size == (210, 297)
    assert max(word["x1"] for page in printed.pages for word in page.extract_words()) <= printed.pages[0].width - 20
