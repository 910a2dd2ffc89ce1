"""A database of one's own that several connections share.

The other tests cannot lend theirs: on SQLite it is in the memory of one connection, and on PostgreSQL it could not be
emptied afterwards, which its guards refuse. So one is migrated for the session and copied for each test.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connections
from pytest_django import DjangoDbBlocker

from paritrana.settings.base import SQLITE_OPTIONS

_numbers = count()


@pytest.fixture(scope="session")
def migrated_database(
    django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Any]]:
    """The settings of a database that is migrated and empty; nobody is connected to it."""
    settings = _new_settings(tmp_path_factory.mktemp("faults"))
    with django_db_blocker.unblock():
        _create(settings)
        with _connected(settings):
            call_command("migrate", verbosity=0)
        yield settings
        _drop(settings)


@pytest.fixture
def shared_database(
    migrated_database: dict[str, Any], django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> Iterator[None]:
    """Empty and migrated; what one thread commits is seen by the others."""
    settings = _new_settings(tmp_path)
    with django_db_blocker.unblock():
        _create(settings, like=migrated_database)
        with _connected(settings):
            yield
        _drop(settings)


def _new_settings(folder: Path) -> dict[str, Any]:
    settings, number = connections.settings["default"], next(_numbers)
    if _is_postgresql():
        return {**settings, "NAME": f"faults_{os.getpid()}_{number}"}
    own = {"NAME": str(folder / f"{number}.sqlite3"), "OPTIONS": SQLITE_OPTIONS, "CONN_MAX_AGE": None}
    return {**settings, **own}


def _is_postgresql() -> bool:
    return connections["default"].vendor == "postgresql"


def _create(settings: dict[str, Any], like: dict[str, Any] | None = None) -> None:
    if not _is_postgresql():
        if like:
            shutil.copyfile(like["NAME"], settings["NAME"])
        return
    template = f" TEMPLATE {like['NAME']}" if like else ""
    with connections["default"]._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {settings['NAME']}{template}")


def _drop(settings: dict[str, Any]) -> None:
    if _is_postgresql():
        with connections["default"]._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {settings['NAME']}")


@contextmanager
def _connected(settings: dict[str, Any]) -> Iterator[None]:
    """New connections of every thread go to the database of ``settings``."""
    usual, connection = connections.settings["default"], connections["default"]
    connections.settings["default"] = settings
    connections["default"] = connections.create_connection("default")
    ContentType.objects.clear_cache()
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"], connections["default"] = usual, connection
        ContentType.objects.clear_cache()
