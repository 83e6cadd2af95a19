"""The pages of docs/ as one site that opens from a folder, without a request to anywhere: mkdocs-material makes it."""

import json
import logging
import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.source_tree import ROOT
from serve import extra_tools
from serve.docs import lineage
from serve.failure import FailedError

FIRST = "index.html"
MODELS = "models.html"  # dbt's own page, which lineage.md leads to
STATIC = Path(__file__).parent / "static"
SERVED_ONLY = ("404.html", "sitemap.xml", "sitemap.xml.gz")  # what a web server would ask for
ELSEWHERE = {"CONTRIBUTING.md": "contributing.md", "analyses/README.md": "questions.md"}


def check_installed() -> None:
    """Raises FailedError where the library of the site is not there: a build does not need it."""
    extra_tools.check("mkdocs-material", "mkdocs", "material", environment="docs")


def write(folder: Path, models: Path, manifest: Path) -> None:
    """Write the site into the folder: the pages of docs/, dbt's page of the models, and the lineage of dbt's manifest.

    Raises FailedError where a page links to what is not there.
    """
    with TemporaryDirectory() as staged:
        _stage(Path(staged), models, manifest)
        _build(Path(staged), folder)


def _stage(staged: Path, models: Path, manifest: Path) -> None:
    """Lay the pages together as the site shows them."""
    shutil.copytree(ROOT / "docs", staged, dirs_exist_ok=True)
    for source, page in ELSEWHERE.items():
        text = (ROOT / source).read_text(encoding="utf-8")
        (staged / page).write_text(text.replace("](docs/", "]("), encoding="utf-8")  # it stands beside those pages now
    shutil.copyfile(models, staged / MODELS)
    shutil.copytree(STATIC, staged / "static")
    (staged / "lineage.md").write_text(lineage.page(json.loads(manifest.read_text(encoding="utf-8"))), encoding="utf-8")


def _build(staged: Path, folder: Path) -> None:
    os.environ["NO_MKDOCS_2_WARNING"] = "1"  # the theme speaks of its own plans otherwise
    import jieba
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    said = _Said()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(said)
    logger.propagate = False
    try:
        config = load_config(str(ROOT / "mkdocs.yml"), docs_dir=str(staged), site_dir=str(folder))
        _load(jieba.dt)
        build(config)
    except MkDocsException as error:
        raise FailedError(f"The site is not written: {'; '.join([*said.lines, str(error)])}") from error
    finally:
        logger.removeHandler(said)
    for name in SERVED_ONLY:
        (folder / name).unlink(missing_ok=True)


def _load(tokenizer) -> None:
    """The search of the site cuts Chinese words with a tokenizer of jieba. Its own loader keeps a cache in the shared temporary
    folder and trusts what lies there, so the dictionary of its wheel is read here: 0.8 s.
    """
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True


class _Said(logging.Handler):
    """What mkdocs warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())
