"""The rows over a form: heading, unit line, amount unit."""

from ingest.forms.form import Value
from ingest.forms.pieces import Piece
from ingest.forms.section import Section
from ingest.forms.title_lines import is_date_line, is_other_row, is_table_number, is_unit_row, is_year_line
from ingest.grid import HEADING, LABEL, NOISE, VALUE
from ingest.vocabulary import labels
from ingest.vocabulary.lexical import key
from ingest.vocabulary.noise import is_noise


class Title(Section):
    """Reads the rows between two forms that belong to the second one."""

    def read_rows(self, rows: range) -> None:
        """Read the rows of the grid from the heading down to the form's first label."""
        grid, heading = self.grid, []
        for row in rows:
            cells = grid.cells[row]
            filled = [column for column, cell in enumerate(cells) if cell.strip()]
            if row in grid.repeated:
                continue
            if is_noise(cells):
                grid.mark(row, NOISE)
            elif is_unit_row(grid, row, [cells[column] for column in filled]):
                self._read_unit_row(row, filled)
            elif len(filled) == 1 and is_table_number(cells[filled[0]]):
                grid.mark(row, HEADING)
            elif len(filled) == 1 and is_year_line(cells[filled[0]]):
                grid.mark(row, HEADING)
                self.form.year = Value(cells[filled[0]].strip(), grid.rows_ref(row, row))
            elif is_other_row(grid, row):
                self.read_other_labels(Piece.of_row(grid, row, 0))
            else:
                grid.mark(row, HEADING)
                heading.append(row)
        if heading:
            text = "\n".join("\t".join(grid.cells[row]).strip() for row in heading)
            self.form.heading = Value(text, grid.rows_ref(heading[0], heading[-1]))

    def _read_unit_row(self, row: int, columns: list[int]) -> None:
        label = ""
        for column in columns:
            text = self.grid.cells[row][column].strip()
            if is_table_number(text) or is_date_line(text):
                self.grid.mark(row, HEADING, column)
            elif not label and key(text) in labels.UNIT_LABELS:
                self.grid.mark(row, LABEL, column)
                label = key(text)
            else:
                self._read_unit_cell(row, column, label)
                label = ""

    def _read_unit_cell(self, row: int, column: int, label: str) -> None:
        """Read the unit, the amount unit or both; `label` is in the cell before, empty where there is none."""
        text, ref = self.grid.cells[row][column].strip(), self.grid.cell_ref(row, column)
        self.grid.mark(row, VALUE, column)
        amount = labels.AMOUNT_UNIT.fullmatch(text) or labels.AMOUNT_UNIT_AT_END.search(text)
        if label and amount is None and labels.AMOUNT_UNIT.fullmatch(f"{label}:{text}"):
            self.form.amount_unit = Value(text, ref)
            return
        if amount:
            self.form.amount_unit = Value(amount[0].strip(), ref)
            text = text[: amount.start()].strip()
        if text and self.form.unit.text:
            self.log.reject_cell(text, ((row, column),))
        elif text:
            self.form.unit = Value(text, ref)
