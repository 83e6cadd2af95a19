"""A web page of paragraphs and tables, for forms that a test writes down cell by cell."""

import html

Cell = str | tuple[str, int] | tuple[str, int, int]  # text, columns, rows
Row = list[Cell]


def page(*blocks: list[Row] | list[str]) -> bytes:
    """The page: a block of one text is a paragraph, one of rows a table."""
    parts = [
        _table(block) if isinstance(block[0], list) else f"<p>{html.escape(str(block[0]))}</p>" for block in blocks
    ]
    return ("<html><meta charset=utf-8><body>" + "\n".join(parts) + "</body></html>").encode()


def _table(rows: list) -> str:
    return "<table>" + "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows) + "</table>"


def _cell(cell: Cell) -> str:
    text, columns, rows = (cell, 1, 1) if isinstance(cell, str) else (*cell, 1)[:3]
    return f"<td colspan={columns} rowspan={rows}>{html.escape(text).replace(chr(10), '<br>')}</td>"
