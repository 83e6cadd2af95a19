"""The page of all checks is what the checks say."""

from tests import registry


def test_the_page_of_checks_is_current():
    assert registry.PAGE.read_text(encoding="utf-8") == registry.page(), "run: python -m tests.registry"
