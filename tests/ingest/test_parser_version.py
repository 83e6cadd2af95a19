"""The version of the reader follows its sources and the seeds it reads, and nothing else."""

import json
import subprocess
import sys

import pytest

from ingest.parser_version import SEEDS_READ
from ingest.source_tree import SEEDS
from tests.support import trees
from tests.support.reading import ROOT

# Reads every kind of input that a seed decides about, and prints the seeds that were opened on the way.
READ_ALL = """
import json, pathlib, sys
opened = set()
sys.addaudithook(lambda event, values: opened.add(str(values[0])) if event == "open" else None)
from ingest.corpus import manifest, reading
folder = pathlib.Path(sys.argv[1])
manifest.read_manifest(manifest.content_of(folder), {"a.txt"})
assert reading.read("a.txt", (folder / "a.txt").read_bytes()).rows
print(json.dumps(sorted(pathlib.Path(name).name for name in opened if "/seeds/" in name)))
"""


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    return trees.checkout(tmp_path_factory.mktemp("tree"))


@pytest.fixture(scope="module")
def before(tree):
    return trees.versions(tree)


@pytest.mark.parametrize(
    "name",
    ["ingest/grid.py", "ingest/readers/html/page.py", "ingest/__init__.py", *[f"seeds/{name}" for name in SEEDS_READ]],
)
def test_a_source_or_a_seed_of_the_reader_changes_it(tree, before, name):
    with trees.changed(tree / name):
        assert trees.versions(tree).parser != before.parser


@pytest.mark.parametrize("name", ["serve/ask.py", "warehouse/build.py", "seeds/quality_rule.csv", "dbt_project.yml"])
def test_nothing_else_changes_it(tree, before, name):
    with trees.changed(tree / name):
        assert trees.versions(tree).parser == before.parser


def test_every_seed_that_a_reading_opens_is_hashed(tmp_path):
    document = next((ROOT / "documents").glob("*.txt"))
    (tmp_path / "a.txt").write_bytes(document.read_bytes())
    (tmp_path / "manifest.csv").write_text("file_name,division_code\na.txt,130225\n", encoding="utf-8")
    command = [sys.executable, "-c", READ_ALL, str(tmp_path)]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert json.loads(found) == sorted(SEEDS_READ)
    assert all((SEEDS / name).is_file() for name in SEEDS_READ)
