"""Models whose rows are kept between builds read nothing that may change while their document stays as it is."""

import re

import pytest
import yaml

from tests.support.reading import ROOT

READS = re.compile(r"\b(ref|source)\(\s*'(\w+)'(?:,\s*'(\w+)')?")
FACTS = "int_document_fact"
# Made anew by each build, as that costs less than to keep them; a row depends on its document alone. What they read is
# looked at too. Corrections name the file of a document, and the kept rows of a document go where it is renamed.
OF_THEIR_DOCUMENT = {
    "int_corrected_goal", "int_corrected_indicator", "int_corrected_plan_point", "int_corrected_project", "int_document_year",
    "int_form", "int_fund_cell", "int_indicator_column", "int_project_attribute", "int_project_kind",
}  # fmt: skip
KEPT_BY_LESS = {"document_id": {"document_id", "target_text"}, "target_text": {"document_id", "target_text"}}


def _models() -> dict[str, str | None]:
    """What each model is kept by."""
    found: dict[str, str | None] = {}
    for file in (ROOT / "models").rglob("*.yml"):
        for model in yaml.safe_load(file.read_text(encoding="utf-8")).get("models", []):
            found[model["name"]] = model.get("config", {}).get("meta", {}).get("kept_by")
    return found


MODELS = _models()
SEEDS = {file.stem for file in (ROOT / "seeds").rglob("*.csv")}
SQL = {file.stem: file.read_text(encoding="utf-8") for file in (ROOT / "models").rglob("*.sql")}
KEPT = sorted(name for name, kept_by in MODELS.items() if kept_by)


def parents(model: str) -> set[str]:
    """The models, seeds and tables of staging that the file of a model names."""
    return {f"staging.{table}" if kind == "source" else name for kind, name, table in READS.findall(SQL[model])}


def facts() -> set[str]:
    """What is compared of each document: every name that int_document_fact lists or reads."""
    return set(re.findall(r"'(\w+)'", SQL[FACTS])) | parents(FACTS)


def strangers(model: str) -> set[str]:
    """What a kept model reads that is neither kept by as little, nor reviewed data, nor what a document prints."""
    kept_by = MODELS[model] or "document_id"
    kept = KEPT_BY_LESS.get(kept_by, {"document_id", "target_text", "fact"})
    known = facts() if kept_by == "fact" else OF_THEIR_DOCUMENT
    read = {name for name in parents(model) if not name.startswith("staging.") and name not in SEEDS}
    return {name for name in read - known if MODELS[name] not in kept}


@pytest.mark.parametrize("model", [*KEPT, *sorted(OF_THEIR_DOCUMENT)])
def test_a_kept_model_reads_what_its_document_decides(model):
    assert strangers(model) == set()


def test_a_model_that_reads_of_all_documents_is_found():
    assert {"dim_project"} <= facts() and strangers("int_review_goal") == set()
    assert strangers("int_review_copy") == {"dim_project", "int_project_copy"}
