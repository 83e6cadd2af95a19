"""The values of closed lists in both languages: what the published file has as draft or output."""

import csv
from functools import cache
from pathlib import Path

from ingest.source_tree import SEEDS

WORDS = Path(__file__).with_suffix(".csv")


def word(kind: str, value: object) -> tuple[str, str]:
    """(Chinese, English) of a value; itself twice where it has no translation, as a theme of another version of the code."""
    return _words().get((kind, str(value)), (str(value), str(value)))


@cache
def _words() -> dict[tuple[str, str], tuple[str, str]]:
    with WORDS.open(encoding="utf-8", newline="") as lines:
        found = {(row["kind"], row["value"]): (row["zh"], row["en"]) for row in csv.DictReader(lines)}
    with (SEEDS / "theme.csv").open(encoding="utf-8", newline="") as lines:
        themes = {("theme", row["theme"]): (row["theme"], row["theme_en"]) for row in csv.DictReader(lines)}
    return found | themes | {("theme", "其他"): ("其他", "Other")}
