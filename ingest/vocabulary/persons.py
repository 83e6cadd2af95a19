"""Persons and telephone numbers in what is rejected: nobody needs them, so they are never stored."""

import re

from ingest.vocabulary.labels import field_of, is_other_label

MASK = "***"
LONGEST_PERSON_LABEL = 20  # characters; longer cells are texts that speak of a person
PERSON = re.compile(
    r"负责人|责任人|联系人|填报人|填表人|经办人|审核人|复核人|制表人|联络员|签字|电话|手机|联系方式|传真|邮箱"
)
TELEPHONE = re.compile(r"(?<![\dA-Za-z.,])(?:1[3-9]\d{9}|0\d{2,3}[-－—]?\d{7,8})(?![\dA-Za-z]|\.\d)")
NAMED = re.compile(rf"((?:{PERSON.pattern})[^:：\t\n，,；;。]{{0,12}}[:：])[^\t\n，,；;。:：]+")


def names_person(cell: str) -> bool:
    """True if a cell is the label of a person or a telephone number, be it with the name behind a colon."""
    label = cell.replace("：", ":").partition(":")[0]
    return len(label) < LONGEST_PERSON_LABEL and PERSON.search(label) is not None


def masked(text: str) -> str:
    """A text, its lines and their cells between TABs, with persons and telephone numbers masked."""
    if PERSON.search(text):
        text = "\n".join([_masked_line(line) for line in text.split("\n")])
    return TELEPHONE.sub(MASK, text)


def _masked_line(line: str) -> str:
    cells, is_person = line.split("\t"), False
    for at, cell in enumerate(cells):
        if names_person(cell):
            cells[at] = NAMED.sub(rf"\1{MASK}", cell)
            is_person = cells[at] == cell
        elif is_person and cell.strip():
            is_label = field_of(cell) or is_other_label(cell) or cell.rstrip().endswith((":", "："))
            cells[at] = cell if is_label else MASK
            is_person = False
    return "\t".join(cells)
