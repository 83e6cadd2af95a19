"""Forms of many provinces, written after published ones: read as a person reads them, in every format that knows its rows."""

import pytest

from tests.support import provinces

# In a text the cells of a row with merged labels have no columns, and a note in a sheet is a title: read in
# part, the rest is said.
IN_TEXT = (
    "hb-declaration hb-ezhou cn-monitor cn-transfer hn-ningxiang cq-fengjie hn-list cn-selfeval ah-selfeval2"
    " cn-card2 he-mixed title-only"
)
UNEVEN = {(name, "rows") for name in IN_TEXT.split()}
UNEVEN |= {("cn-monitor", "xlsx"), ("sn-whole", "xlsx")}
# A level merged over two columns stands under the first.
HARMLESS = {"hn-ningxiang"}


@pytest.mark.parametrize("name", provinces.NAMES)
def test_a_form_is_read_as_a_person_reads_it(name):
    assert provinces.read(name, "html") == provinces.expected(name)


@pytest.mark.parametrize("format", ["docx", "odt", "xlsx", "rows"])
@pytest.mark.parametrize("name", provinces.NAMES)
def test_the_format_makes_no_difference(name, format):
    found = provinces.read(name, format)
    if (name, format) in UNEVEN:
        assert found != provinces.expected(name)  # else it belongs to the others
        assert said(found) or name in HARMLESS
    else:
        assert found == provinces.expected(name)


def said(found: list[str]) -> bool:
    return any(line.startswith(("rejection", "observation")) for line in found)
