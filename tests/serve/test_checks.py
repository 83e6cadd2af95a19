"""The page of all checks is what the checks say."""

from serve.docs import checks


def test_the_page_of_checks_is_current():
    assert checks.PAGE.read_text(encoding="utf-8") == checks.page(), "run: python -m serve.docs.checks"
