"""The values of a spending plan: each is read by itself."""

import pytest

from tests.support.one_form import TEXT
from tests.support.reading import read

VALUES = "\t25\t50\t75\t100"


@pytest.mark.parametrize(
    ("odd", "lost"), [("\t25\t适时\t75\t100", 1), ("\t待定\t50\t75\t100", 0), ("\t25\t50\t75\t1OO%", 3)]
)
def test_a_cell_that_is_no_figure_takes_no_other_along(odd, lost):
    rows = read(TEXT.replace(VALUES, odd))
    values = [value if at != lost else None for at, value in enumerate(VALUES.split())]
    assert [point["value_text"] for point in rows["plan_point"]] == values
    assert [(row["raw_text"], row["reason_code"]) for row in rows["rejection"]] == [(odd.split()[lost], "bad_row")]


def test_a_row_without_a_figure_is_no_row_of_values():
    rows = read(TEXT.replace(VALUES, "\t按\t进\t度\t付"))
    assert [point["value_text"] for point in rows["plan_point"]] == [None] * 4
    assert "spending plan" in rows["rejection"][0]["message"]
