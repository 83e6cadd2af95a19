"""What columns of staging tables have in common: their shapes, and the two that every table has."""

import pandera.polars as pa
import polars as pl

ID = r"^[0-9a-f]{16}$"
# A line, lines or a cell of a text; a row, rows or a cell of a table; a page or table as a whole.
PLACE = r"(L\d+(-\d+)?(\.c\d+)?|(p\d+\.)?(t\d+\.)?r\d+(-\d+)?(\.c\d+)?|p\d+(-\d+)?|t\d+(-\d+)?)"
REF = rf"^{PLACE}(\+{PLACE})*$"
TRIMMED = r"(?s)^\S(.*\S)?$"  # a blank cell is NULL, never an empty text; ends are trimmed
UNIT_CODE = r"^\d{3,9}$"
# Numbers that no document reaches: beyond them a boundary was missed.
MOST_PROJECTS, MOST_ROWS = 5_000, 2_000


def required(**checks):
    return pa.Field(str_matches=TRIMMED, **checks)


def optional(pattern: str = TRIMMED):
    return pa.Field(nullable=True, str_matches=pattern)


def number(most: int, **options):
    return pa.Field(ge=1, le=most, **options)


class Table(pa.DataFrameModel):
    """Every staging row belongs to a document and has its place there."""

    document_id: pl.String = pa.Field(str_matches=ID)
    source_ref: pl.String = pa.Field(str_matches=REF)

    class Config:
        strict = True
        coerce = False
