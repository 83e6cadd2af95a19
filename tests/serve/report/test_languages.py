"""Where a text with both languages is divided."""

import pytest

from serve.report.languages import halves


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("没有指标；no indicator", ("没有指标", "no indicator")),
        ("3 条中 1 条；1 of 3", ("3 条中 1 条", "1 of 3")),
        ("甲；乙；丙；Two. One", ("甲；乙；丙", "Two. One")),
        ("至少100%；12 月底除外；The end", ("至少100%；12 月底除外", "The end")),
        ("计划“3月底 25；6月底 50”；the plan \"3月底 25；6月底 50\"", ("计划“3月底 25；6月底 50”", "the plan \"3月底 25；6月底 50\"")),
        ("只有中文；没有英文", ("只有中文；没有英文",) * 2),
        ("“没有收口；abc", ("“没有收口；abc",) * 2),
        ("", ("", "")),
    ],
)  # fmt: skip
def test_a_text_is_divided_outside_its_quotations(text, expected):
    assert halves(text) == expected


def test_every_text_of_the_warehouse_is_divided(connection):
    texts = connection.execute(
        "select message from quality.finding union select definition from quality.rule"
        " union select comparability_note from reports.project_overview where comparability_note is not null"
    ).fetchall()
    assert len(texts) > 300
    for (text,) in texts:
        chinese, english = halves(text)
        assert chinese != english and f"{chinese}；{english}" == text
        assert "；" not in english.split('"')[0], text
