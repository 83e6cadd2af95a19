"""Mutated documents of every format: rows or a named reason come back, within time, and nothing else."""

import random
import time
from pathlib import Path

import pytest

from ingest.corpus import reading
from ingest.rejection_reasons import REASONS, STAGES
from ingest.staging import load
from ingest.staging.rows import Rows
from tests.support import hostile
from tests.support.generator import formats

SECONDS_EACH = 20  # of processor time for one small document
CASES, SLOW_CASES = 100, 10_000


def fuzz(name: str, seed: int, cases: int, folder: Path) -> None:
    """Read mutated documents of a format. A case that fails is left in the folder, whose path the failure names."""
    chance = random.Random(seed)
    whole = [content for content, _ in formats.rendered(seed, 4, name)]
    rows: Rows = {table: [] for table in load.TABLES}
    for number in range(cases):
        content = hostile.mutate(chance, chance.choice(whole))
        case = folder / f"{number}.{name}"
        case.write_bytes(content)
        started = time.process_time()
        found = reading.read("a.file", content)
        assert time.process_time() - started < SECONDS_EACH, case
        if found.error:
            assert found.error.reason in REASONS and found.error.stage in STAGES, case
            assert found.error.reason != "structure", f"{case}: {found.error}"
        for table, read in found.rows.items():
            rows[table] += read
        case.unlink()
    load.validate(
        load.frames_of(rows)
    )  # a row may fail a check of its table, which is a rejection; a wrong shape raises


def headless_archive() -> bytes:
    """Offsets that lead before the first byte."""
    whole = hostile.zipped({"word/document.xml": random.Random(1).randbytes(999), "[Content_Types].xml": "x" * 999})
    return whole[:4] + whole[300:]


def endless_ascii85() -> bytes:
    """A page whose contents are no ASCII85, although they say so."""
    return (
        hostile.one_page(b"").replace(b"/FlateDecode", b"/ASCII85Decode").replace(b"stream\n", b"stream\n\xf0zzz~", 1)
    )


@pytest.mark.parametrize(
    ("make", "reason"), [(headless_archive, "truncated"), (endless_ascii85, "truncated")], ids=["archive", "ascii85"]
)
def test_what_fuzzing_found_has_its_reason(make, reason):
    assert reading.read("a.file", make()).error.reason == reason


@pytest.mark.parametrize("name", formats.FORMATS)
def test_a_mutated_document_gives_rows_or_a_reason(name, tmp_path):
    fuzz(name, 1, CASES, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("name", formats.FORMATS)
def test_many_mutated_documents_give_rows_or_a_reason(name, tmp_path):
    fuzz(name, 2, SLOW_CASES, tmp_path)
