"""Random target cells of the pieces that targets are made of, and how to tell that one was read by half."""

import random
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

UNITS = ("%", "人", "次", "个", "万元", "元/人", "台套", "万")
LEADING = {"不低于": ">", "不下": ">", "至少": ">", "超过": ">", "不超过": "<", "低于": "<"}
TRAILING = {"以上": ">", "以下": "<", "以内": "<", "内": "<"}
NAME = "合格率"
PIECES = (
    *"0123456789", *"3579", "0", "０", "95", "100", "2.5", *"≥≤<>=＜＞≠±", ">=", "<=", *LEADING, *TRAILING,
    "不", "约", "左右", "％", *UNITS, *"-~至、，且及以上下./:+ ", NAME, "五", "半",
)  # fmt: skip

UNIT = f"(?:{'|'.join(UNITS)})?"
NUMBERING = re.compile(r"^[0-9]{1,2}[、.)](?=[^0-9])")
THOUSANDS = re.compile("([0-9]),([0-9]{3})(?![0-9])")
SPACE = re.compile(r"(?<![0-9])\s+|\s+(?![0-9])")
FIGURE = re.compile(r"[0-9]+(?:\.[0-9]+)?")
LABELS = re.compile(rf"{FIGURE.pattern}(?:[-~至、/]{FIGURE.pattern})*(?={NAME}|:)")
SIGNS = re.compile("不?[<>=≥≤]+")
BEFORE = re.compile(f"({'|'.join(LEADING)})[:+±-]*约?[:+±-]*[0-9]")
BEHIND = re.compile(f"[0-9]{UNIT}及?({'|'.join(TRAILING)})")
NEVER = re.compile(f"≠|不[≥≤=]*约?[0-9]|[0-9]{UNIT}±|±(?![±:0-9五])|[0-9]{UNIT}[五半]|[五半](?![0-9.]+{NAME})[0-9]")


def texts(seed: int, count: int) -> list[str]:
    """Different cells, each of one to seven pieces."""
    chance = random.Random(seed)
    return sorted({"".join(chance.choices(PIECES, k=chance.randint(1, 7))).strip() for _ in range(count)} - {""})


def is_half_read(text: str, kind: str, comparator: str | None, values: Sequence[Decimal]) -> bool:
    """Whether a cell that is said to be a number or range prints a figure or a comparator that is not in it.

    A figure before a name or a colon may belong to the name; a word that compares counts beside a figure alone.
    """
    if kind not in ("number", "range"):
        return False
    plain = NUMBERING.sub("", unicodedata.normalize("NFKC", text))
    plain = THOUSANDS.sub(r"\1\2", SPACE.sub("", plain))
    figures = Counter(Decimal(figure) for figure in FIGURE.findall(plain))
    labels = Counter(Decimal(figure) for label in LABELS.findall(plain) for figure in FIGURE.findall(label))
    read = Counter(map(abs, values))
    if not figures:
        return False  # the number is in characters
    directions = [_direction(signs) for signs in SIGNS.findall(plain)]
    directions += [LEADING[word] for word in BEFORE.findall(plain)] + [TRAILING[word] for word in BEHIND.findall(plain)]
    if NEVER.search(plain) or None in directions or not figures - labels <= read <= figures:
        return True
    if len(values) == 1:
        return not set(directions) <= {(comparator or "-")[0]}
    return "=" in directions


def _direction(signs: str) -> str | None:
    """Where signs in a row point to; None where they contradict each other."""
    directions = set(signs.replace("≥", ">").replace("≤", "<"))
    if directions in ({"不", ">"}, {"不", "<"}):
        return "<" if ">" in directions else ">"
    if len(directions) > 1:
        directions.discard("=")
    return directions.pop() if len(directions) == 1 else None
