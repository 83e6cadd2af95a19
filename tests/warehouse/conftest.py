"""Fixtures of the tests of builds."""

import pytest

from tests.support import bare_build


@pytest.fixture
def no_dbt(monkeypatch):
    """Leave out the models: the test is about what stands before and behind them."""
    bare_build.leave_out_models(monkeypatch.setattr)
