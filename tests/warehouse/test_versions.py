"""The version of the code follows all that decides the result, and nothing else; an installation has the checkout's."""

import pytest

from tests.support import trees


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    return trees.checkout(tmp_path_factory.mktemp("tree"))


@pytest.fixture(scope="module")
def before(tree):
    return trees.versions(tree)


def test_a_comment_in_what_only_reads_the_published_file_changes_neither(tree, before):
    with trees.changed(tree / "serve" / "ask.py"):
        assert trees.versions(tree) == before


@pytest.mark.parametrize("name", ["ingest/grid.py", "seeds/indicator_category_alias.csv"])
def test_what_the_reader_reads_changes_both(tree, before, name):
    with trees.changed(tree / name):
        after = trees.versions(tree)
    assert after.parser != before.parser and after.code != before.code


@pytest.mark.parametrize(
    "name",
    [
        "warehouse/gate/expectations/marts.py",
        "warehouse/build.py",
        "seeds/quality_rule.csv",
        "dbt_project.yml",
        "requirements.lock",
    ],
)
def test_what_decides_behind_the_reader_changes_the_code_alone(tree, before, name):
    with trees.changed(tree / name):
        after = trees.versions(tree)
    assert after.parser == before.parser and after.code != before.code


@pytest.mark.parametrize("folder", ["models", "macros", "tests/dbt"])
def test_every_model_macro_and_data_test_decides(tree, before, folder):
    first = min((tree / folder).rglob("*.sql"))
    with trees.changed(first):
        after = trees.versions(tree)
    assert after.parser == before.parser and after.code != before.code


def test_an_installation_has_the_versions_of_its_checkout(tmp_path, before):
    assert trees.versions(trees.installation(tmp_path)) == before
