"""One Spark session for all tests, and the same documents on both engines. Without Spark the tests are skipped, with the reason."""

from pathlib import Path

import pytest

from tests.support import spark_build
from warehouse.build_error import BuildError
from warehouse.spark import session

MEMORY = 2 * 1024**3
RANDOM_DOCUMENTS, HOSTILE_DOCUMENTS = 40, 20


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.spark)


@pytest.fixture(scope="session", autouse=True)
def installed():
    try:
        session.check_installed()
    except BuildError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def corpus(installed, tmp_path_factory) -> Path:
    """Documents of every format and family, with copies, a manifest and hostile files."""
    from tests.support import engines

    return engines.write_corpus(
        tmp_path_factory.mktemp("文档 corpus") / "documents", RANDOM_DOCUMENTS, HOSTILE_DOCUMENTS
    )


@pytest.fixture(scope="session")
def done(installed, tmp_path_factory) -> tuple[Path, str]:
    """The five documents, published by Spark, and what that said."""
    folder = tmp_path_factory.mktemp("spark build") / "仓库.parquet"
    done = spark_build.build(spark_build.FIVE, folder)
    assert done.returncode == 0, done.stderr
    return folder, done.stdout


@pytest.fixture
def built(done) -> Path:
    return done[0]


@pytest.fixture(scope="session")
def spark(installed, tmp_path_factory):
    with session.session("local[*]", tmp_path_factory.mktemp("spark"), MEMORY) as started:
        yield started
