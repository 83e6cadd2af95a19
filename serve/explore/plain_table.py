"""Rows as an HTML table in which every text is text: marimo's own table fetches what looks like the address of a picture."""

from html import escape

import polars

BOX = "max-height: 26em; overflow: auto; font-size: 0.85em; border: 1px solid #ccc"
CELL = "padding: 0.15em 0.6em; border-bottom: 1px solid #ddd; vertical-align: top"


def plain_table(frame: polars.DataFrame, limit: int = 500, has_more: bool = False) -> str:
    """The first rows, figures as they are, blanks blank, and how many rows there are, or that there are more than were fetched."""
    heads = "".join(f'<th style="{CELL}; text-align: left">{escape(name)}</th>' for name in frame.columns)
    numeric = [dtype.is_numeric() for dtype in frame.dtypes]
    rows = "".join(
        "<tr>" + "".join(_cell(*pair) for pair in zip(row, numeric, strict=True)) + "</tr>"
        for row in frame.head(limit).rows()
    )
    known = f"{frame.height:,} 行 | rows"
    if has_more:
        known = (
            f"只取前 {frame.height:,} 行，还有更多；图也只画这些 | "
            f"The first {frame.height:,} rows, there are more; the chart has these alone"
        )
    count = known + (f", {limit} 行显示 | shown" if frame.height > limit else "")
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    return f'<div style="{BOX}">{table}</div><small>{count}</small>'


def _cell(value: object, is_numeric: bool) -> str:
    side = "right" if is_numeric else "left"
    return f'<td style="{CELL}; text-align: {side}">{"" if value is None else escape(str(value))}</td>'
