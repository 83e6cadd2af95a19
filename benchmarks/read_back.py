"""Render generated forms, read them back, count the outcomes: python -m benchmarks.read_back [--format docx].

Wrong and silent is the figure that must be 0; wrong and reported stays under 0.5 %. Cell accuracy is the share of the
values in the truth (fields of projects, points of plans, goals, indicators with the levels filled down) that are read
exactly, white space aside; cells that a careful human could read two ways are not among them. --only a,b renders
these irregularities alone; --show 5 prints the first faults, each with the lines or rows of its form.
"""

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Iterator

from ingest.grid import Grid
from ingest.readers import format_detection
from ingest.readers.text import reader as text_reader
from ingest.staging.rows import document_rows
from tests.support.generator.formats import FORMATS, TEXT, rendered
from tests.support.generator.irregularities import RATES
from tests.support.generator.truth import (
    AMBIGUOUS,
    REPORTED,
    RIGHT,
    SILENT,
    FormTruth,
    Outcome,
    Truth,
    compare,
    compare_grid,
)
from tests.support.reading import read

KINDS = (RIGHT, AMBIGUOUS, REPORTED, SILENT)


def run(
    seed: int, forms: int, only: frozenset[str] | None = None, format: str = TEXT
) -> Iterator[tuple[Outcome, list[str], Truth]]:
    """Every outcome with the lines or rows it was read from, one document at a time."""
    for content, truth in rendered(seed, forms, format, only):
        outcomes, lines = read_back(content, truth, format)
        for outcome in outcomes:
            yield outcome, lines, truth


def read_back(content: bytes, truth: Truth, format: str) -> tuple[list[Outcome], list[str]]:
    """The outcomes of one rendered document, and the lines or rows it was read from."""
    if format == TEXT:
        text, _ = text_reader.decode(content)
        return compare(truth, read(text), text), text.replace("\r\n", "\n").split("\n")
    grid = format_detection.FORMATS[format].read(content)
    return compare_grid(truth, _rows(grid), grid), _printed(grid)


def _rows(grid: Grid) -> dict[str, list[dict]]:
    rows, _ = document_rows("0" * 16, "document", grid)
    return rows


def _printed(grid: Grid) -> list[str]:
    return [f"{grid.rows_ref(row, row):12} {' | '.join(cells)}" for row, cells in enumerate(grid.cells)]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--format", choices=FORMATS, default=TEXT)
    options.add_argument("--forms", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--only", default="")
    options.add_argument("--show", type=int, default=0)
    options.add_argument("--kind", default="", help="show faults of this kind only: silent, reported, narrative")
    chosen = options.parse_args()
    only = frozenset(chosen.only.split(",")) if chosen.only else None
    started = time.perf_counter()
    tally = Tally()
    shown = 0
    for outcome, lines, truth in run(chosen.seed, chosen.forms, only, chosen.format):
        tally.add(outcome, truth)
        if outcome.kind != RIGHT and shown < chosen.show and _is_asked(outcome, chosen.kind):
            shown += 1
            _show(outcome, lines, truth)
    print(f"{chosen.forms} forms as {chosen.format}, seed {chosen.seed}, {time.perf_counter() - started:.0f} s")
    tally.print()


class Tally:
    """Outcomes counted by kind and by irregularity, cells by whether they were read exactly."""

    def __init__(self):
        self.forms, self.narratives = Counter(), Counter()
        self.by_name: dict[str, Counter] = defaultdict(Counter)
        self.faults, self.costs, self.misses = Counter(), Counter(), Counter()
        self.cells = 0

    def add(self, outcome: Outcome, truth: Truth) -> None:
        is_form = isinstance(outcome.truth, FormTruth)
        (self.forms if is_form else self.narratives)[outcome.kind] += 1
        for name in outcome.truth.struck | (truth.struck if is_form else set()) or {"none"}:
            self.by_name[name][outcome.kind] += 1
        if is_form:
            self.cells += len(outcome.cells)
            self.misses.update(map(_kind, outcome.missed))
        if outcome.kind == RIGHT:
            self.costs.update(set(outcome.said))
            self.costs["any"] += bool(outcome.said) and is_form
            return
        said = sorted(set(outcome.said))[:1]
        self.faults.update({(outcome.kind, _kind(difference), *said) for difference in outcome.differences})

    @property
    def accuracy(self) -> float:
        return 1 - self.misses.total() / self.cells

    def print(self) -> None:
        print("forms:     ", *(f"{kind} {self.forms[kind]}" for kind in KINDS), sep="  ")
        print("narratives:", *(f"{kind} {self.narratives[kind]}" for kind in KINDS), sep="  ")
        print(
            f"cells:        {self.cells}, of which {self.accuracy:.4%} exact; missed:", dict(self.misses.most_common())
        )
        print(f"right though something was reported: {self.costs.pop('any', 0)} forms", dict(self.costs.most_common()))
        print(f"\n{'irregularity':24}", *(f"{kind:>20}" for kind in KINDS))
        for name in [*RATES, "none"]:
            if name in self.by_name:
                print(f"{name:24}", *(f"{self.by_name[name][kind]:>20}" for kind in KINDS))
        print("\nfaults by what differs and what was said")
        for kind, count in self.faults.most_common(40):
            print(f"{count:6}", *kind, sep="  ")


def _kind(difference: tuple) -> str:
    place, wanted, got = difference
    name = (
        ".".join(str(part) for part in (place[0], *place[2:]))
        if place[0] == "indicator"
        else ".".join(map(str, place[:2]))
    )
    return f"{name.split('_text')[0]} {'lost' if wanted and not got else 'added' if got and not wanted else 'differs'}"


def _is_asked(outcome: Outcome, kind: str) -> bool:
    is_form = isinstance(outcome.truth, FormTruth)
    if kind == "narrative":
        return not is_form
    return is_form and kind in outcome.kind and (outcome.kind != AMBIGUOUS)


def _show(outcome: Outcome, lines: list[str], truth: Truth) -> None:
    print("=" * 100)
    print(outcome.kind, f"document {truth.number}", sorted(outcome.truth.struck), sorted(truth.struck))
    print("said:", outcome.said)
    for place, wanted, got in outcome.differences[:12]:
        print("  ", place, "wanted", repr(wanted)[:300], "got", repr(got)[:300])
    if isinstance(outcome.truth, FormTruth):
        lines = lines[max(outcome.truth.first_line - 4, 0) : outcome.truth.last_line + 1]
    else:
        lines = lines[: truth.forms[0].first_line + 6]
    print("-" * 60)
    print("\n".join(repr(line)[1:-1].replace("\\t", "→")[:160] for line in lines))


if __name__ == "__main__":
    main()
