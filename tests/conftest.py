"""Shared fixtures."""

from pathlib import Path

import pytest

JOURNEYS = Path(__file__).parent / "journeys"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser comes last: while it is open, Django takes the thread for an asynchronous one."""
    items.sort(key=lambda item: JOURNEYS in item.path.parents)
