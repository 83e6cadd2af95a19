"""Render generated forms, read them back, count the outcomes: python -m tests.benchmarks.read_back [--forms 10000] [--seed 1].

Wrong and silent is the figure that must be 0; wrong and reported stays under 1 %. --only a,b renders these
irregularities alone; --show 5 prints the first faults, each with the text of its form.
"""

import argparse
import time
from collections import Counter, defaultdict

from ingest.readers import text as text_reader
from tests.generator.irregularities import IRREGULARITIES
from tests.generator.text import texts
from tests.generator.truth import AMBIGUOUS, REPORTED, RIGHT, SILENT, FormTruth, Outcome, compare
from tests.reading import read

KINDS = (RIGHT, AMBIGUOUS, REPORTED, SILENT)


def run(seed: int, forms: int, only: frozenset[str] | None = None):
    """Every outcome with the text it was read from, one document at a time."""
    for text, truth in texts(seed, forms, only):
        content = text.encode(truth.encoding, "surrogatepass")
        decoded, _ = text_reader.decode(content)
        for outcome in compare(truth, read(decoded), text):
            yield outcome, text, truth


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--forms", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--only", default="")
    options.add_argument("--show", type=int, default=0)
    options.add_argument("--kind", default="", help="show faults of this kind only: silent, reported, narrative")
    chosen = options.parse_args()
    only = frozenset(chosen.only.split(",")) if chosen.only else None
    started = time.perf_counter()
    forms, narratives = Counter(), Counter()
    by_name: dict[str, Counter] = defaultdict(Counter)
    kinds, costs = Counter(), Counter()
    shown = 0
    for outcome, text, truth in run(chosen.seed, chosen.forms, only):
        is_form = isinstance(outcome.truth, FormTruth)
        (forms if is_form else narratives)[outcome.kind] += 1
        struck = outcome.truth.struck | (truth.struck if is_form else set())
        for name in struck or {"none"}:
            by_name[name][outcome.kind] += 1
        if outcome.kind == RIGHT:
            costs.update(set(outcome.said))
            costs["any"] += bool(outcome.said) and is_form
            continue
        kinds.update(
            {(outcome.kind, _kind(difference), *sorted(set(outcome.said))[:1]) for difference in outcome.differences}
        )
        if shown < chosen.show and _is_asked(outcome, chosen.kind):
            shown += 1
            _show(outcome, text, truth)
    seconds = time.perf_counter() - started
    print(f"{chosen.forms} forms, seed {chosen.seed}, {seconds:.0f} s")
    print("forms:     ", *(f"{kind} {forms[kind]}" for kind in KINDS), sep="  ")
    print("narratives:", *(f"{kind} {narratives[kind]}" for kind in KINDS), sep="  ")
    print(f"right though something was reported: {costs.pop('any', 0)} forms", dict(costs.most_common()))
    print(f"\n{'irregularity':24}", *(f"{kind:>20}" for kind in KINDS))
    for name in [*IRREGULARITIES, "none"]:
        print(f"{name:24}", *(f"{by_name[name][kind]:>20}" for kind in KINDS))
    print("\nfaults by what differs and what was said")
    for kind, count in kinds.most_common(40):
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


def _show(outcome: Outcome, text: str, truth) -> None:
    print("=" * 100)
    print(outcome.kind, f"document {truth.number}", sorted(outcome.truth.struck), sorted(truth.struck))
    print("said:", outcome.said)
    for place, wanted, got in outcome.differences[:12]:
        print("  ", place, "wanted", repr(wanted)[:300], "got", repr(got)[:300])
    lines = text.replace("\r\n", "\n").split("\n")
    if isinstance(outcome.truth, FormTruth):
        lines = lines[max(outcome.truth.first_line - 4, 0) : outcome.truth.last_line + 1]
    else:
        lines = lines[: truth.forms[0].first_line + 6]
    print("-" * 60)
    print("\n".join(repr(line)[1:-1].replace("\\t", "→")[:160] for line in lines))


if __name__ == "__main__":
    main()
