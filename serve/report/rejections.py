"""What is said of a rejection in Chinese: a reviewed sentence for its reason, and one for what helps (rejections.csv).

The published file says both in English, with the figures and words of the case; the Chinese sentence stands before them.
"""

import csv
from functools import cache
from pathlib import Path

from serve.report.persons import without_persons

SENTENCES = Path(__file__).with_suffix(".csv")


def in_both_languages(row: dict) -> dict:
    """The rejection with `message` and `next_step` in English, `message_zh` and `next_step_zh`; persons are left out."""
    message, step = without_persons(row["message"]), without_persons(row["next_step"])
    return row | {
        "message": message,
        "next_step": step,
        "message_zh": f"{_sentence('reason', row['reason_code'])}{_bracketed(message)}",
        "next_step_zh": _sentence("step", row["reason_code"]) or step,
    }


def _bracketed(detail: str) -> str:
    return f"（{detail}）" if detail else ""


def _sentence(kind: str, reason: str) -> str:
    """Blank for a reason of another version of the code."""
    return _sentences().get((kind, reason), "")


@cache
def _sentences() -> dict[tuple[str, str], str]:
    with SENTENCES.open(encoding="utf-8", newline="") as lines:
        return {(row["kind"], row["value"]): row["zh"] for row in csv.DictReader(lines)}
