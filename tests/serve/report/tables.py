"""The tables and figures of a page, read back from its HTML."""

from pathlib import Path

from lxml import html

Row = dict[str, tuple[str | None, str]]  # by column: (the plain value, or None where none is given; the text)


def tables(path: Path) -> dict[str, list[Row]]:
    """Every table of a page by its name."""
    page = html.fromstring(path.read_text(encoding="utf-8"))
    found = {}
    for table in page.xpath("//table[@data-table]"):
        columns = table.xpath("./thead/tr/th/@data-column")
        rows = [[_cell(cell) for cell in row.xpath("./td")] for row in table.xpath("./tbody/tr")]
        assert table.get("data-table") not in found and all(len(row) == len(columns) for row in rows)
        found[table.get("data-table")] = [dict(zip(columns, row, strict=True)) for row in rows]
    return found


def facts(path: Path) -> dict[str, Row]:
    """The figures that stand for a page, by the name of their list."""
    page = html.fromstring(path.read_text(encoding="utf-8"))
    return {
        found.get("data-facts"): {cell.get("data-column"): _cell(cell) for cell in found.xpath(".//dd")}
        for found in page.xpath("//dl[@data-facts]")
    }


def _cell(cell) -> tuple[str | None, str]:
    if cell.xpath(".//*[@class='unknown']"):
        return None, "—"
    chinese = cell.xpath(".//span[@lang='zh']")
    return cell.get("data-value"), (chinese[0] if chinese else cell).text_content().strip()
