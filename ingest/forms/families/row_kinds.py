"""Rows below a header of indicators that hold none: totals, notes, persons, labels of their own, cells merged over all."""

from ingest.forms.families.columns import Columns
from ingest.forms.families.lines import Line
from ingest.forms.families.text_rows import is_tail, names_first_level, names_level
from ingest.vocabulary.persons import names_person

NAMES = ("level4", "level3", "name", "description")  # fields that name an indicator


def is_no_indicator(line: Line, columns: Columns, is_whole: bool) -> bool:
    """True for a row that its first texts show to be none of the table."""
    texts = [cell.text for cell in line.filled]
    if texts and (is_tail(texts[0]) or _is_alone(line)):
        return True
    return any(map(names_person, texts)) or _begins_block(line, columns, is_whole)


def is_merged_over(line: Line, columns: Columns) -> bool:
    """True for a row with one cell under a level and the target, or under the first level and the name: no indicator."""
    fields = columns.terms[0].fields
    spots = {name: cell.spot for name, column in fields.items() if (cell := line.at(column)) is not None}
    first = line.at(columns.first)
    under_target = [name for name, spot in spots.items() if name != "target" and spot == spots.get("target")]
    is_wide = first is not None and any(spots.get(name) == first.spot for name in NAMES if name in fields)
    return bool(under_target) or (is_wide and columns.first != fields.get("name"))


def _begins_block(line: Line, columns: Columns, is_whole: bool) -> bool:
    """True for a row that begins with a label of its own, beside the levels or in a row that is too short."""
    first = line.cells[0]
    if not first.text or not first.is_new or names_level(first.text):
        return False
    is_beside = columns.has_lead and first.end <= columns.first
    return is_beside or (not is_whole and line.cells[-1].end < columns.width)


def _is_alone(line: Line) -> bool:
    """True for one text in a row of its own, under nothing that is merged down: a title or a note."""
    texts = line.filled
    return len(texts) == 1 and all(cell.is_new for cell in line.cells) and not names_first_level(texts[0].text)
