"""Charts as SVG text: drawn here, so that a page needs no script and no library, and reads nothing from elsewhere.

Colours can be told apart by colour-blind readers (Okabe and Ito) and are never the only sign of a difference. A chart has no
words of its own: the caption beside it speaks both languages. A label has both, and the page shows one of them; labels come
from documents, so they are put into the finished drawing: a character that XML cannot hold stops the library, and us with it.
"""

import json
import re
from functools import cache, lru_cache
from typing import Any

import altair as alt
import vl_convert
from markupsafe import Markup, escape

from serve.failure import FailedError
from warehouse import memory
from warehouse.text_table import visible, width

WIDTH = 330  # pixels between the axes, so that a phone shows the letters large enough to read
LABEL_WIDTH, LABEL_COLUMNS = 120, 17  # pixels, and letters: a Chinese one takes two
BLUE, ORANGE, VERMILION, GREY = "#0072B2", "#E69F00", "#D55E00", "#6e7781"
MONTHS = (3, 6, 10, 12)
FEWEST_BARS = 2  # one bar says no more than its figure
PERCENT = ".0%"
CONFIG: dict[str, Any] = {
    "aria": False,  # the figure has one text for all of it
    "font": "sans-serif",
    "view": {"stroke": None},
    "axis": {"labelFontSize": 12, "titleFontSize": 12, "labelColor": "#1b1f24", "gridColor": "#d8dee4"},
    "text": {"fontSize": 12, "fill": "#1b1f24"},
}
LEAST_ADDRESSES = (
    72 * 1024**3
)  # bytes: the engine of the charts reserves 64 GiB of addresses, and uses hardly any memory
ROWS = "rows"  # the name of the data of a chart
Point = tuple[int, float | None]
LABEL = re.compile(r"(<text [^>]*)>label(\d+)</text>")  # what is drawn in the place of a label


def check_addresses() -> None:
    """Refuse a `ulimit -v` under which the engine of the charts would abort without a word. Raises FailedError."""
    limit = memory.address_limit()
    if limit is not None and limit < LEAST_ADDRESSES:
        raise FailedError(
            f"ulimit -v 只留下 {limit // 1024:,} kB 地址，画图至少要 {LEAST_ADDRESSES // 1024:,} |"
            f" `ulimit -v` leaves {limit // 1024:,} kB of addresses; charts need {LEAST_ADDRESSES // 1024:,}.",
            "先运行 ulimit -v unlimited；报告实际只用几百 MB 内存 |"
            " `ulimit -v unlimited` first; a report uses some hundred MB of memory.",
        )


def bars(
    rows: list[tuple[tuple[str, str], float, str]], marks: list[float | None] | None = None, is_share: bool = False
) -> Markup:
    """Bars of (label in both languages, length, what is written at the end), in their order; nothing where one bar would
    stand alone. `marks` are what others have: a stroke across the bar.
    """
    if len(rows) < FEWEST_BARS:
        return Markup("")
    values = [
        {
            "place": place,
            "label": f"label{place}",
            "length": length,
            "text": text,
            "mark": mark,
            "end": max(length, mark or 0),
        }
        for place, ((_, length, text), mark) in enumerate(zip(rows, marks or [None] * len(rows), strict=True))
    ]
    drawn = _drawn(_bar_chart(is_share, marks is not None), values)
    return Markup(LABEL.sub(lambda found: _labelled(found[1], rows[int(found[2])][0]), drawn))


@cache
def _bar_chart(is_share: bool, has_marks: bool) -> str:
    chart = alt.Chart(alt.NamedData(ROWS))
    scale = alt.Scale(domain=[0, 1]) if is_share else alt.Scale(nice=False)
    axis = alt.Axis(title=None, ticks=False, domain=False, tickCount=4, format=PERCENT) if is_share else None
    names = alt.Axis(title=None, ticks=False, domain=False, labelLimit=0, minExtent=LABEL_WIDTH, maxExtent=LABEL_WIDTH)
    y = alt.Y("label:N", sort=alt.SortField("place"), axis=names)
    layers: list[Any] = [
        chart.mark_bar(color=BLUE).encode(x=alt.X("length:Q", axis=axis, scale=scale), y=y),
        chart.mark_text(align="left", dx=6).encode(x=alt.X("end:Q", axis=axis, scale=scale), y=y, text="text:N"),
    ]
    if has_marks:
        strokes = chart.transform_filter("isValid(datum.mark)").mark_tick(color=ORANGE, thickness=3, size=20)
        layers.append(strokes.encode(x=alt.X("mark:Q", axis=axis, scale=scale), y=y))
    return _compiled(alt.layer(*layers).properties(width=WIDTH, height=alt.Step(24)))


def curve(points: list[Point], partial: set[int], others: list[Point]) -> Markup:
    """What share is planned by the end of each month: a line, a cross where nothing is stated, a hollow point for a month that
    is `partial`. `others` is a broken line. Nothing where no month is stated.
    """
    if not any(share is not None for _, share in points):
        return Markup("")
    values: list[dict[str, Any]] = [
        {"month": month, "share": share, "kind": "own"} for month, share in points if share is not None
    ]
    values += [{"month": month, "share": 0, "kind": "missing"} for month, share in points if share is None]
    values += [{"month": month, "share": share, "kind": "others"} for month, share in others if share is not None]
    for value in values:
        value["fill"] = "white" if value["month"] in partial else BLUE
    return Markup(_drawn(_curve_chart(), values))


@cache
def _curve_chart() -> str:
    axis = alt.Axis(title=None, values=list(MONTHS), labelExpr="datum.value + '月'", grid=False)
    x = alt.X("month:Q", axis=axis, scale=alt.Scale(domain=[2, 12.5], nice=False))
    y = alt.Y("share:Q", axis=alt.Axis(title=None, format=PERCENT, tickCount=5), scale=alt.Scale(domainMin=0))
    chart = alt.Chart(alt.NamedData(ROWS)).encode(x=x, y=y)

    def of(kind: str) -> alt.Chart:
        return chart.transform_filter(f"datum.kind == '{kind}'")

    own = of("own")
    layers: list[Any] = [
        of("others").mark_line(color=GREY, strokeDash=[5, 4]),
        own.mark_line(color=BLUE),
        own.mark_point(size=70, stroke=BLUE, strokeWidth=2, opacity=1).encode(fill=alt.Fill("fill:N", scale=None)),
        own.transform_calculate(text="format(datum.share, '.1%')").mark_text(dy=-14).encode(text="text:N"),
        of("missing").mark_point(shape="cross", angle=45, size=140, color=VERMILION, filled=True, opacity=1),
    ]
    return _compiled(alt.layer(*layers).properties(width=WIDTH, height=210))


def _labelled(element: str, label: tuple[str, str]) -> str:
    """The text of a label in each language, as elements of an SVG."""
    zh, en = (escape(_short(visible(text))) for text in label)
    return f'{element} class="zh">{zh}</text>{element} class="en">{en}</text>'


def _short(text: str) -> str:
    if width(text) <= LABEL_COLUMNS:
        return text
    while width(text) >= LABEL_COLUMNS:
        text = text[: -1 - len(text) // 2 * (len(text) > 4 * LABEL_COLUMNS)]
    return f"{text}…"


def _compiled(chart: alt.TopLevelMixin) -> str:
    """A chart without its rows as JSON, in the terms of Vega: a chart is described once, and drawn for each county."""
    described = chart.to_dict(validate=False) | {"config": CONFIG}
    return json.dumps(vl_convert.vegalite_to_vega(described))


@lru_cache(maxsize=200)
def _svg(chart: str, rows: str) -> str:
    """The drawing. Many counties have the same, as those whose plans are all 25, 50, 75 and 100."""
    vega = json.loads(chart)
    (data,) = [found for found in vega["data"] if found["name"] == ROWS]
    data["values"] = json.loads(rows)
    return vl_convert.vega_to_svg(vega, allowed_base_urls=[])


def _drawn(chart: str, rows: list[dict[str, Any]]) -> str:
    return _svg(chart, json.dumps(rows))
