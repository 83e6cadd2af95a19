"""The five documents over and over, each copy of another unit and with other texts: what a folder of real documents costs.

Copies that are alike are read from the caches of the reader, and of one unit's documents one alone is current. So a copy
has a unit, codes and texts of its own; labels and numbers stay as they are.
"""

import hashlib
import re
from functools import cache
from pathlib import Path

from ingest.vocabulary.labels import field_of, is_category
from tests.support.reading import REAL, document_text, read

SIGNS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
UNIT = re.compile("(管理委员会|发展中心|改革局)")
UNIT_CODE = re.compile(r"(?<![0-9A-Z])\d{6}(?=[\u4e00-\u9fff])")
PROJECT_CODE = re.compile(r"(\d{8})([0-9A-Z]{10,14})(?![0-9A-Z])")
CONTENTS = {
    "project": ("project_name", "purpose_text"),
    "goal": ("goal_text",),
    "indicator": ("level3_text", "description_text", "target_text", "basis_text"),
}
LEAST_LINE = 30  # characters of a paragraph
ENDS = ("。", "；")  # of a paragraph; a heading has none
FOLDERS = 100


def mark(number: int) -> str:
    """Three signs or more that no other copy has."""
    signs = ""
    while number or len(signs) < 3:
        number, at = divmod(number, len(SIGNS))
        signs += SIGNS[at]
    return signs


@cache
def contents(name: str) -> frozenset[str]:
    """The Chinese texts that the reader finds in the forms of a document: no label is among them."""
    rows = read(document_text(name))
    found = {row[column] for table, columns in CONTENTS.items() for row in rows[table] for column in columns}
    return frozenset(text for text in found if text and CHINESE.search(text) and not _is_label(text))


def _is_label(text: str) -> bool:
    """True for the name of a category or column, which a form may print as a value too (服务对象满意度指标)."""
    return is_category(text) or field_of(text) is not None


def copy(name: str, number: int) -> str:
    """The text of a copy of one of the documents."""
    sign = mark(number)
    text = UNIT.sub(rf"{sign}\1", document_text(name))
    text = PROJECT_CODE.sub(lambda code: code[1] + _hashed(f"{number} {code[2]}")[: len(code[2])], text)
    text = UNIT_CODE.sub(f"{100_000 + number:06}", text)
    return "\n".join(_other_line(line, sign, contents(name)) for line in text.split("\n"))


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest().upper()


def _other_line(line: str, sign: str, contents: frozenset[str]) -> str:
    if len(line) >= LEAST_LINE and line.endswith(ENDS):
        return line[:-1] + sign + line[-1]
    return "\t".join(cell + sign if cell.strip() in contents else cell for cell in line.split("\t"))


def documents(count: int) -> list[bytes]:
    """So many documents, in turn a copy of each of the five."""
    return [copy(REAL[number % len(REAL)], number).encode() for number in range(count)]


def write(folder: Path, count: int) -> list[Path]:
    """The documents as files; returns their paths."""
    paths = []
    for number in range(count):
        place = folder / f"{number % FOLDERS:02}" / f"{number}.txt"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(copy(REAL[number % len(REAL)], number), encoding="utf-8", newline="")
        paths.append(place)
    return paths
