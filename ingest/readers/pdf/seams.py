"""What the cell below a page break is to the one above it: the rest of it, or a cell of its own.

The rules tell it where a program draws them around whole cells alone. Where they do not, it is told by the text, by merged
cells and by how the column prints its other rows; what all of these leave open is said to be doubtful.
"""

from collections.abc import Sequence
from typing import NamedTuple

from ingest.readers.pdf.cells import ChainCell
from ingest.readers.pdf.halves import are_halves, is_name, is_one_name, is_whole_name


class Seam(NamedTuple):
    is_one: bool
    is_doubtful: bool = False


class Style(NamedTuple):
    """How the rows of a column print what belongs to several of them: in merged cells, or over blank ones."""

    has_merged: bool
    has_blank: bool
    has_merged_values: bool = False  # of any column
    is_often_merged: bool = False  # it is the column of the targets or of their basis

    @property
    def may_be_merged(self) -> bool:
        """Whether a value may belong to several rows."""
        return self.has_merged or self.has_merged_values or self.is_often_merged


class Rules(NamedTuple):
    """Which rules a page break has, of the cells above it and of those below it."""

    above: frozenset[bool]
    below: frozenset[bool]

    @classmethod
    def of(cls, above: Sequence[ChainCell], below: Sequence[ChainCell]) -> "Rules":
        """The rules at the end of a page and at the beginning of the next."""
        return cls(
            frozenset(cell.piece.has_rule_below for cell in above),
            frozenset(cell.piece.has_rule_above for cell in below),
        )

    @property
    def tell(self) -> bool:
        """Whether some cells have a rule and others have none: those are cut."""
        return len(self.above) > 1 or len(self.below) > 1

    def join(self, upper: ChainCell, cell: ChainCell) -> bool | None:
        """Whether they say that two cells are one; None where they say nothing."""
        sides = [(self.above, upper.piece.has_rule_below), (self.below, cell.piece.has_rule_above)]
        said = {not has_rule for rules, has_rule in sides if len(rules) > 1}
        return said.pop() if len(said) == 1 else None


def seam(upper: ChainCell, cell: ChainCell, rules: Rules, style: Style) -> Seam:
    """What a cell is to the one above it, in a row that no page break cut."""
    known = rules.join(upper, cell)
    if known and cell.text and upper.piece.lines and not (are_halves(upper.text, cell.text) or upper.is_cut(cell)):
        return Seam(False, True)  # the text above had room for more
    if known is not None:
        return Seam(known)
    if cell.text and upper.piece.lines:
        return _of_texts(upper, cell, style)
    if cell.text:
        return _of_text_below_blank(upper, cell, style)
    return _of_blank(upper, cell, style)


def _of_texts(upper: ChainCell, cell: ChainCell, style: Style) -> Seam:
    if is_one_name(upper.text, cell.text):
        return Seam(True)
    if not style.may_be_merged or is_whole_name(upper.text, cell.text) or not upper.is_cut(cell):
        return Seam(False)
    return Seam(upper.is_merged, not (upper.is_merged and are_halves(upper.text, cell.text)))


def _of_text_below_blank(upper: ChainCell, cell: ChainCell, style: Style) -> Seam:
    """The text of a merged cell may be printed in its lower part alone."""
    if upper.is_printed:
        return Seam(False)
    if upper.is_merged:
        return Seam(True, not is_name(cell.text))
    if is_name(cell.text) and not style.has_blank:
        return Seam(style.has_merged, True)
    return Seam(False, style.has_merged and not is_name(cell.text))


def _of_blank(upper: ChainCell, cell: ChainCell, style: Style) -> Seam:
    """A blank cell is the rest of a merged one, or blank; below a category both are read alike."""
    if not upper.is_printed or is_name(upper.whole.text):
        return Seam(style.has_merged)
    return Seam(cell.is_merged, style.may_be_merged)
