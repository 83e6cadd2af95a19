"""Charts as SVG: what is missing is marked, what has no bars is not drawn, and no label is more than text."""

from lxml import etree

from serve.report import charts


def drawn(svg: str):
    return etree.fromstring(f"<div>{svg}</div>".encode())[0]


def marks(svg: str, colour: str) -> int:
    return len(drawn(svg).xpath(f"//*[contains(@class, 'mark-symbol')]/*[@fill='{colour}']"))


def test_a_month_that_nobody_states_is_a_cross():
    svg = charts.curve([(3, None), (6, 0.5), (10, None), (12, 1.0)], set(), [])
    assert (marks(svg, charts.VERMILION), marks(svg, charts.BLUE), marks(svg, "white")) == (2, 2, 0)


def test_a_month_that_some_do_not_state_is_hollow():
    svg = charts.curve([(3, 0.2), (6, 0.5), (10, 0.7), (12, 1.0)], {3, 12}, [])
    assert (marks(svg, charts.VERMILION), marks(svg, charts.BLUE), marks(svg, "white")) == (0, 2, 2)


def test_what_says_nothing_is_not_drawn():
    assert charts.curve([(3, None), (6, None), (10, None), (12, None)], set(), []) == ""
    assert charts.bars([(("一", "one"), 1.0, "1")]) == "" and charts.bars([]) == ""


def test_a_stroke_stands_where_the_others_are_known():
    rows = [(("甲", "a"), 0.5, "50.0%"), (("乙", "b"), 0.7, "70.0%")]
    svg = charts.bars(rows, [0.6, None], is_share=True)
    assert len(drawn(svg).xpath(f"//*[contains(@class, 'mark-rect')]/*[@fill='{charts.ORANGE}']")) == 1


def test_a_label_is_text_in_two_languages_and_short():
    hostile = "</text></svg><script>alert(1)</script>"
    rows = [
        ((hostile, "&amp;<b>\ufffe"), 1.0, "1"),
        (("长" * 10_000, "x" * 10_000), 2.0, "2"),
        (("\u202e右", "a\x01b"), 3.0, "3"),
    ]
    found = drawn(charts.bars(rows))
    names = {element.tag.rpartition("}")[2] for element in found.iter()}
    assert names <= {"svg", "g", "path", "rect", "text", "line"}
    texts = {kind: [text.text for text in found.xpath(f"//*[@class='{kind}']")] for kind in ("zh", "en")}
    assert texts["zh"] == ["</text></svg><sc…", "长长长长长长长长…", " 右"]
    assert texts["en"] == ["&amp;<b> ", "xxxxxxxxxxxxxxxx…", "a b"]
