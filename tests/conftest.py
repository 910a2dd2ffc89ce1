"""What all tests share: their order, and which of them run on a second database."""

import gc
from pathlib import Path

import pytest
from django.db import connection

JOURNEYS = Path(__file__).parent / "journeys"
#: Journeys of half a minute and more: begun last, one of them would keep a worker busy while the others are done.
LONG = ("test_result.py", "test_pages.py", "test_offline.py", "test_schedule.py", "test_sheet_workbooks.py")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The browser comes last: while it is open, Django takes the thread for an asynchronous one. Its long ones first.

    On PostgreSQL only what asks the database runs; the rest has the same outcome as on SQLite.
    """
    items.sort(key=lambda item: (JOURNEYS in item.path.parents) and 2 - (item.path.name in LONG))
    if connection.vendor == "postgresql":
        config.hook.pytest_deselected(items=[item for item in items if not _asks_the_database(item)])
        items[:] = filter(_asks_the_database, items)


def pytest_collection_finish() -> None:
    """Look no more at what was loaded and collected when memory is tidied: it stays until the end."""
    gc.collect()
    gc.freeze()


def _asks_the_database(item: pytest.Item) -> bool:
    """Whether a test asks the database of the settings; one with a file of its own does not."""
    fixtures = {"db", "transactional_db", "shared_database"}.intersection(getattr(item, "fixturenames", ()))
    return bool(fixtures) or item.get_closest_marker("django_db") is not None
