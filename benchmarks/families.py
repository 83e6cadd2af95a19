"""Forms of every family, rendered and read back: python -m benchmarks.families [--format rows] [--count 2000] [--family …].

A document with one to three forms is right, wrong and reported (a rejection or an observation says where), or wrong and
silent, which must be 0. --show 3 prints the first differences of each kind.
"""

import argparse
import time
from collections import Counter

from tests.support.generator.families.forms import FAMILIES
from tests.support.generator.families.read_back import FORMATS, documents, outcome
from tests.support.generator.truth import RIGHT

SHOWN_CHARACTERS = 500


def count(family: str, format: str, seed: int, documents_asked: int, show: int) -> Counter[str]:
    """How many documents ended in which way; the first differences are printed."""
    counts: Counter[str] = Counter()
    for number, (grid, projects) in enumerate(documents(family, format, seed, documents_asked)):
        kind, differences = outcome(grid, projects)
        counts[kind] += 1
        if kind != RIGHT and counts[kind] <= show:
            print(f"  {family} {format} {number} {kind}: {str(differences)[:SHOWN_CHARACTERS]}")
    return counts


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--family", choices=tuple(FAMILIES), action="append")
    options.add_argument("--format", choices=FORMATS, action="append")
    options.add_argument("--count", type=int, default=2000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--show", type=int, default=0)
    given = options.parse_args()
    for format in given.format or ["rows"]:
        for family in given.family or FAMILIES:
            began = time.process_time()
            counts = count(family, format, given.seed, given.count, given.show)
            told = ", ".join(f"{kind} {number:,}" for kind, number in counts.items())
            print(f"{format} {family}: {told}; {time.process_time() - began:.0f} s of CPU", flush=True)


if __name__ == "__main__":
    main()
