"""One writer for each format: what a table, CSV, JSON and Markdown keep of the values."""

import csv
import io
import json
import unicodedata
from datetime import date
from decimal import Decimal

import pytest

from serve.answer import Answer
from serve.render import FORMATS, rendered
from warehouse.text_table import width


def answer(columns: str, *rows: tuple) -> Answer:
    return Answer("q", "多少？", "How much?", columns.split(), list(rows))


def test_a_table_is_aligned_whatever_the_width_of_its_characters():
    rows = [("乐亭县", Decimal("1234.50")), ("ｶﾀｶﾅ", 5), ("e\u0301te\u0301", 6), ("Ａ", None), ("❤\ufe0f\u200b", 7)]
    _, question, _, _, rules, *lines, count = rendered([answer("name figure", *rows)], "table").splitlines()
    assert question == "How much?" and count.endswith("5 rows, a blank is unknown）")
    assert rules == "------  --------"
    assert [width(line) for line in lines if not line.endswith("Ａ")] == [len(rules)] * 4


def test_a_csv_text_cannot_run_as_a_formula_and_a_number_stays():
    texts = ["=1+1", "+cmd", "-名", "@x", "\tx", "-5", "+0.5", "≥95%", "名,称"]
    text = rendered([answer("text value", *[(text, Decimal("-0.10")) for text in texts])], "csv")
    cells = [row[0] for row in csv.reader(io.StringIO(text, newline=""))][1:]
    assert cells == ["'=1+1", "'+cmd", "'-名", "'@x", "'\tx", "-5", "+0.5", "≥95%", "名,称"]
    assert ",-0.10\n" in text


def test_json_keeps_every_digit_and_tells_null_from_zero():
    row = ('甲\n"乙"', Decimal("12345678901234.10"), Decimal("0.000000"), None, True, 3, date(2023, 12, 31), 5.994)
    text = rendered([answer("a b c d e f g h", row)], "json")
    (read,) = json.loads(text, parse_float=Decimal)
    assert list(read.values()) == [*row[:-2], "2023-12-31", Decimal("5.994")]
    assert "12345678901234.10" in text


def test_markdown_escapes_what_would_end_a_cell():
    text = rendered([answer("text value", ("a|b\\\nc", 1))], "md")
    assert text == "| text | value |\n| --- | ---: |\n| a\\|b\\\\<br>c | 1 |\n"


@pytest.mark.parametrize(
    "text",
    ["\x1b[2Ja", "a\x9b31m", "\x07", "a\rb", "\x1b]0;title\x07", "a\u202eb", "a\u2028b", "a\tb", "\x08\x08", "\x7f"],
)
def test_a_table_holds_nothing_that_a_terminal_obeys(text):
    lines = rendered([answer("text", (text,))], "table").split("\n")
    assert len(lines) == 8
    assert not [sign for line in lines for sign in line if unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp")]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("a & b &lt;", "a &amp; b &amp;lt;"),
        ("[x](javascript:alert)", "\\[x\\](javascript:alert)"),
        ("`a`", "\\`a\\`"),
        ("*a* _b_", "\\*a\\* \\_b\\_"),
        ("<!-- -->", "&lt;!-- --&gt;"),
    ],
)
def test_markdown_shows_html_links_and_emphasis_as_text(text, shown):
    assert rendered([answer("text", (text,))], "md") == f"| text |\n| --- |\n| {shown} |\n"


@pytest.mark.parametrize("form", FORMATS)
def test_an_answer_without_rows_keeps_its_header(form):
    text = rendered([answer("text")], form)
    assert text and (form == "json" or "text" in text)
