"""The texts of a workbook: shared strings, those of a cell alone, their escapes and references."""

import re
from functools import lru_cache

from lxml import etree
from openpyxl.utils.escape import unescape

from ingest.readers.shared.markup import parse
from ingest.readers.xlsx.plain_xml import MARK, RUNS, STRINGS, taken_out
from ingest.rejection_reasons import truncated

BLANK_LINES = re.compile(r"\n\s*\n")
REFERENCE = re.compile("#(?:([0-9]{1,9})|x([0-9A-Fa-f]{1,8}))")
SIGNS = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


def space_of(element: etree._Element) -> str:
    """The namespace of an element, in braces, as it begins the names in it."""
    return element.tag[: element.tag.rfind("}") + 1]


def shared_strings(content: bytes) -> list[str]:
    """The strings that cells name by their numbers. Raises UnreadableError: truncated, nested_too_deep, too_large."""
    rest, runs = taken_out(content, RUNS)
    root = parse(rest, "strings")
    text_tag = f"{space_of(root)}t"
    strings: list[str] = []
    for string in root.iterchildren("{*}si"):
        if number := string.get(MARK) if runs else None:
            strings += [plain_text(unescaped(text)) for text in STRINGS.findall(runs[int(number)])]
        elif len(string) == 1 and (first := string[0]).tag == text_tag:
            strings.append(plain_text(first.text or ""))
        else:
            strings.append(_rich_text(string))
    return strings


def inline_text(cell: etree._Element) -> str:
    """The text in a cell of its own."""
    inline = cell.find(f"{space_of(cell)}is")
    return _rich_text(inline) if inline is not None else ""


def _rich_text(parent: etree._Element) -> str:
    """The text of a string and its runs; its pronunciation is left out."""
    texts = []
    for child in parent:
        name = child.tag[child.tag.rfind("}") + 1 :]
        if name == "t":
            texts.append(child.text or "")
        elif name == "r":
            texts += [text.text or "" for text in child.iterchildren("{*}t")]
    return plain_text("".join(texts))


def plain_text(text: str) -> str:
    """Text without the escapes of the format; its lines end in LF, blank ones are left out."""
    if "_x" in text:
        text = unescape(text).replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return BLANK_LINES.sub("\n", text) if "\n" in text else text


class OwnTexts(dict[str, str]):
    """The texts of plain cells as they are shown, by how they are stored; those of blanks are blank."""

    def __missing__(self, stored: str) -> str:
        text = plain_text(unescaped(stored))
        self[stored] = "" if text.isspace() else text
        return self[stored]


def unescaped(text: str) -> str:
    """The text of a plain cell without references. Raises UnreadableError (truncated) for what is none."""
    if "&" not in text:
        return text
    first, *others = text.split("&")
    parts = [part.partition(";") for part in others]
    return first + "".join([_character(end and name) + rest for name, end, rest in parts])


@lru_cache(maxsize=1 << 12)
def _character(name: str) -> str:
    """The character of a reference by its name, such as `#39044`. Raises UnreadableError (truncated) for no name."""
    found = REFERENCE.fullmatch(name)
    number = 0 if found is None else int(found[1] or "0") or int(found[2] or "0", 16)
    if name in SIGNS:
        return SIGNS[name]
    if not (
        number in (9, 10, 13) or 0x20 <= number < 0xD800 or 0xE000 <= number < 0xFFFE or 0xFFFF < number < 0x110000
    ):
        raise truncated(f"&{name}; is no character of XML")
    return chr(number)
