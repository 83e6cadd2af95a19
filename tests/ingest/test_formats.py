"""Generated documents rendered to every format and read back: each cell against what it was printed from."""

import io

import docx
import openpyxl
import pdfplumber
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.read_back import Tally, read_back, run
from tests.support.generator.formats import FORMATS, TABLES, render, rendered
from tests.support.generator.irregularities import OF_TABLES, RATES
from tests.support.generator.model import document
from tests.support.generator.truth import RIGHT, SILENT, FormTruth
from tests.support.reading import squeezed

SEED = 4
EXACT = ("docx", "html", "odt", "xlsx")  # formats that say which cell is which: nothing may be missed
PDF_ACCURACY = 0.997  # what the issue asks for; rules and letters on a page leave cells to be inferred

documents_of_one_form = st.tuples(
    st.integers(0, 10**6), st.sampled_from(FORMATS), st.frozensets(st.sampled_from(sorted(RATES)), max_size=8)
)


def tally(format: str, forms: int) -> Tally:
    counted = Tally()
    for outcome, _, truth in run(SEED, forms, format=format):
        counted.add(outcome, truth)
    return counted


def check_exact(format: str, forms: int) -> None:
    counted = tally(format, forms)
    assert not counted.misses
    assert set(counted.forms) == {RIGHT}, counted.faults.most_common(5)
    assert set(counted.narratives) == {RIGHT}, counted.faults.most_common(5)


def check_pdf(forms: int) -> None:
    counted = tally("pdf", forms)
    assert counted.accuracy >= PDF_ACCURACY, counted.misses
    assert counted.narratives[SILENT] == 0, counted.faults.most_common(5)
    assert counted.forms[SILENT] == 0


@pytest.mark.parametrize("format", EXACT)
def test_every_cell_is_read_exactly(format):
    check_exact(format, 400)


def test_a_pdf_is_read_as_exactly_as_the_issue_asks():
    check_pdf(60)


@pytest.mark.slow
@pytest.mark.parametrize("format", EXACT)
def test_every_cell_of_thousands_of_forms_is_read_exactly(format):
    check_exact(format, 5000)


@pytest.mark.slow
def test_hundreds_of_pdf_forms_are_read_as_exactly_as_the_issue_asks():
    check_pdf(800)


def check_one_form(seed: int, format: str, chosen: frozenset[str]) -> None:
    """A form is read as it is printed; a pdf or a text, which leave some of it open, at least never wrong in silence."""
    made = document(seed, 0, chosen)
    del made.forms[1:]
    outcomes, _ = read_back(*render(made, format), format)
    form = next(outcome for outcome in outcomes if isinstance(outcome.truth, FormTruth))
    if format in EXACT:
        assert form.kind == RIGHT, form.differences
    else:
        assert form.kind != SILENT, form.differences


@given(documents_of_one_form)
@settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_one_form_in_any_layout_and_format_is_read_back(drawn):
    check_one_form(*drawn)


@pytest.mark.slow
@given(documents_of_one_form)
@settings(max_examples=5000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_thousands_of_forms_in_any_layout_and_format_are_read_back(drawn):
    check_one_form(*drawn)


# The generator


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_seed_renders_the_same_files(format):
    first, second = ([content for content, _ in rendered(7, 8, format)] for _ in range(2))
    assert first == second


def test_every_irregularity_of_tables_strikes():
    struck: set[str] = set()
    for format in TABLES:
        for _, truth in rendered(1, 300 if format == "pdf" else 600, format):
            struck |= truth.struck.union(*(form.struck for form in truth.forms))
    assert set(OF_TABLES) <= struck


def docx_texts(content: bytes) -> str:
    tables = docx.Document(io.BytesIO(content)).tables
    return "".join(cell.text for table in tables for row in table.rows for cell in row.cells)


def xlsx_texts(content: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    return "".join(str(value or "") for sheet in book for row in sheet.iter_rows(values_only=True) for value in row)


def pdf_texts(content: bytes) -> str:
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        tables = [table for page in pdf.pages for table in page.extract_tables()]
    return "".join(cell or "" for table in tables for row in table for cell in row)


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
@pytest.mark.parametrize(("format", "texts"), [("docx", docx_texts), ("xlsx", xlsx_texts), ("pdf", pdf_texts)])
def test_other_libraries_find_the_forms_in_the_rendered_files(format, texts):
    for content, truth in rendered(3, 4, format, only=frozenset({"uneven_columns"})):
        found = squeezed(texts(content))
        for form in truth.forms:
            assert all(name in found for name in form.key)
