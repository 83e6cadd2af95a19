"""manifest.csv: what the operator knows about a document.

All its faults are reported at once, before any document is read.
"""

import csv
import io
from datetime import date
from functools import cache
from pathlib import Path

from ingest.corpus.documents import MANIFEST
from ingest.source_tree import SEEDS

COLUMNS = (
    "file_name", "division_code", "fiscal_year", "unit_code", "unit_name", "amount_unit", "disclosure_status", "published_on",
    "source_url", "retrieved_on", "note",
)  # fmt: skip
AMOUNT_UNITS = ("元", "百元", "千元", "万元", "百万元", "亿元")
DIVISIONS = SEEDS / "administrative_division.csv"
STATUSES = ("draft", "final", "adjusted", "unknown")
FIRST_YEAR, LAST_YEAR = 2000, 2050  # the days of dim_date
FAULTS_SHOWN = 20


class ManifestError(Exception):
    """manifest.csv cannot be used; the message lists its faults, a line each."""


def content_of(folder: Path) -> bytes | None:
    """The bytes of the manifest; None where there is none. Raises ManifestError if it cannot be read."""
    path = folder / MANIFEST
    try:
        return path.read_bytes() if path.exists() else None
    except OSError as error:
        raise ManifestError(f"{MANIFEST} cannot be read ({error}): check its permissions.") from error


def read_manifest(content: bytes | None, file_names: set[str]) -> dict[str, tuple[dict[str, str | None], str]]:
    """file_name -> (its cells by column, None for blank ones; its place, `L2`). Empty without a manifest.

    Raises ManifestError if it is no CSV file or has faults.
    """
    if content is None:
        return {}
    try:
        lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        rows = [(lines.line_num, row) for row in lines]
    except (UnicodeDecodeError, csv.Error) as error:
        raise ManifestError(f"{MANIFEST} cannot be read ({error}): save it as CSV in UTF-8.") from error
    header = [cell.strip() for cell in rows[0][1]] if rows else []
    faults = _header_faults(header)
    entries: dict[str, tuple[dict[str, str | None], str]] = {}
    for line, row in rows[1:] if not faults else ():
        if not any(cell.strip() for cell in row):
            continue
        cells = dict.fromkeys(COLUMNS) | {n: c.strip() or None for n, c in zip(header, row, strict=False)}
        faults += [f"line {line}: {fault}" for fault in _row_faults(cells, row, header, file_names, entries)]
        entries[cells["file_name"] or ""] = (cells, f"L{line}")
    if faults:
        more = f"\n  and {len(faults) - FAULTS_SHOWN} more" if len(faults) > FAULTS_SHOWN else ""
        listed = "".join(f"\n  {MANIFEST}: {fault}" for fault in faults[:FAULTS_SHOWN])
        raise ManifestError(f"{MANIFEST} has {len(faults)} faults; correct them and build again:{listed}{more}")
    return entries


def _header_faults(header: list[str]) -> list[str]:
    if "file_name" not in header:
        return [f"the first line has no column file_name; the columns are {', '.join(COLUMNS)}"]
    unknown = [name for name in header if name not in COLUMNS]
    doubled = sorted({name for name in header if header.count(name) > 1})
    return [f"unknown column {name!r}" for name in unknown] + [f"column {name!r} stands twice" for name in doubled]


def _row_faults(cells: dict, row: list[str], header: list[str], file_names: set[str], seen: dict) -> list[str]:
    faults = []
    if len(row) > len(header):
        faults.append(f"{len(row)} cells under {len(header)} columns")
    name = cells["file_name"]
    if not name:
        faults.append("file_name is blank")
    elif name not in file_names:
        faults.append(f"{name!r} is not in the documents folder (write the path relative to it, with /)")
    elif name in seen:
        faults.append(f"{name!r} stands twice")
    code, year = cells["division_code"], cells["fiscal_year"]
    if code and code not in _division_codes():
        faults.append(f"division_code {code!r} is no division of GB/T 2260 (6 digits, county level and above)")
    if year and not (len(year) == 4 and year.isascii() and year.isdigit() and FIRST_YEAR <= int(year) <= LAST_YEAR):
        faults.append(f"fiscal_year {year!r} is no year from {FIRST_YEAR} to {LAST_YEAR}")
    for column, allowed in (("amount_unit", AMOUNT_UNITS), ("disclosure_status", STATUSES)):
        if cells[column] and cells[column] not in allowed:
            faults.append(f"{column} {cells[column]!r} is none of {', '.join(allowed)}")
    for column in ("published_on", "retrieved_on"):
        if cells[column] and not _is_date(cells[column]):
            faults.append(f"{column} {cells[column]!r} is no date of the form 2023-02-15")
    return faults


@cache
def _division_codes() -> frozenset[str]:
    with DIVISIONS.open(encoding="utf-8", newline="") as lines:
        return frozenset(row["division_code"] for row in csv.DictReader(lines))


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
