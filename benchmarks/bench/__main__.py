"""What each part of the work costs, beside its yardstick: make bench, or python -m benchmarks.bench [PART …].

Prints one table, ratios first, and writes the same as JSON. A ratio is CPU time over that of the yardstick, which does the
least that gives the same, or reads the same bytes, in the same run. Figures are medians of the rounds.
"""

import json
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import duckdb

from benchmarks.bench.measured import Figure
from warehouse.text_table import aligned

SIZES = (100, 1_000)  # documents, for the growth; each other part takes the first
ROUNDS = 3
OUT = Path("build/bench.json")
PARTS = {
    "parse": ("reading", "figures"),
    "load": ("staging", "figures"),
    "models": ("models", "figures"),
    "start": ("builds", "start"),
    "build": ("builds", "steps"),
    "query": ("queries", "figures"),
    "growth": ("builds", "growth"),
}
HEAD = ("ratio", "times the CPU of", "part", "work", "CPU ms", "wall ms", "its CPU ms", "documents", "rounds", "also")
IS_RIGHT = (True, False, False, False, True, True, True, True, True, False)


DOCUMENTS = "Numbers of documents, parted by commas: the growth is measured at each, every other part at the first."


@click.command()
@click.argument("parts", envvar="PART", nargs=-1, type=click.Choice(tuple(PARTS)))
@click.option("--documents", envvar="DOCUMENTS", show_envvar=True, help=DOCUMENTS)
@click.option(
    "--rounds", envvar="ROUNDS", show_envvar=True, default=ROUNDS, type=click.IntRange(1), help="Their median counts."
)
@click.option(
    "--out",
    envvar="OUT",
    show_envvar=True,
    default=OUT,
    type=click.Path(path_type=Path),
    help="The file of the figures.",
)
def bench(parts: tuple[str, ...], documents: str | None, rounds: int, out: Path) -> None:
    """Measure PARTS of the work, all if none is named (environment variable PART)."""
    sizes = _sizes(documents)
    found: list[Figure] = []
    for part in parts or PARTS:
        click.echo(f"{part} …", err=True)
        with tempfile.TemporaryDirectory(prefix="jixiao-bench-") as folder:
            found.extend(_figures(part, Path(folder), sizes, rounds))
        _write(out, found)
    click.echo("\n".join(table(found)))
    click.echo(f"{out} has the same as JSON.", err=True)


def _sizes(text: str | None) -> tuple[int, ...]:
    try:
        sizes = tuple(sorted({int(number) for number in text.split(",")})) if text else SIZES
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is no list of numbers, as 100,1000 is", param_hint="--documents") from error
    if sizes[0] < 1:
        raise click.BadParameter("there is nothing to measure without documents", param_hint="--documents")
    return sizes


def _figures(part: str, folder: Path, sizes: tuple[int, ...], rounds: int) -> Iterator[Figure]:
    module, name = PARTS[part]
    measure = getattr(import_module(f"benchmarks.bench.{module}"), name)
    return measure(folder, sizes) if part == "growth" else measure(folder, sizes[0], rounds)


def _write(out: Path, found: list[Figure]) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    content = {"machine": machine(), "figures": list(map(record, found))}
    out.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def machine() -> dict[str, str | int]:
    return {
        "cores": len(os.sched_getaffinity(0)),
        "architecture": platform.machine(),
        "python": platform.python_version(),
        "duckdb": duckdb.__version__,
    }


def record(figure: Figure) -> dict:
    beside = figure.beside
    return {
        "ratio": figure.ratio and round(figure.ratio, 4),
        "yardstick": figure.yardstick or None,
        "part": figure.part,
        "work": figure.work,
        "cpu_seconds": round(figure.taken.cpu, 6),
        "wall_seconds": round(figure.taken.wall, 6),
        "yardstick_cpu_seconds": beside and round(beside.cpu, 6),
        "yardstick_wall_seconds": beside and round(beside.wall, 6),
        "documents": figure.documents,
        "rounds": figure.rounds,
        **{name.replace(" ", "_"): round(value, 4) for name, value in figure.more},
    }


def table(found: list[Figure]) -> list[str]:
    return aligned([HEAD, *map(_row, found)], IS_RIGHT)


def _row(figure: Figure) -> tuple[str, ...]:
    ratio = "" if figure.ratio is None else f"{figure.ratio:.3g}" if figure.ratio < 1 else f"{figure.ratio:.1f}"
    beside = f"{1000 * figure.beside.cpu:,.1f}" if figure.beside else ""
    more = ", ".join(f"{name} {value:.2f}" for name, value in figure.more)
    times = (f"{1000 * figure.taken.cpu:,.1f}", f"{1000 * figure.taken.wall:,.1f}", beside)
    counts = (f"{figure.documents:,}", str(figure.rounds), more)
    return (ratio, figure.yardstick, figure.part, figure.work, *times, *counts)


if __name__ == "__main__":
    sys.exit(bench())
