"""Settings of the processes that serve the journeys: as in service, but with a database and kept files that are
thrown away, a cheap password hash, and static files from where they lie.
"""

import os
from pathlib import Path

from paritrana.settings.test import *  # noqa: F403
from paritrana.settings.test import DATABASES, SQLITE_OPTIONS, STORAGES

DATABASES["default"] |= {
    "NAME": os.environ["JOURNEY_DATABASE"],
    "ENGINE": "django.db.backends.sqlite3",
    "OPTIONS": SQLITE_OPTIONS | {"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"},
    "CONN_MAX_AGE": 0,  # each request has a thread of its own
}
MEDIA_ROOT = Path(os.environ["JOURNEY_DATABASE"]).parent / "media"
HANDOVER_KEY = str(MEDIA_ROOT.parent / "handover-key.pem")
STORAGES = STORAGES | {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}
AXES_ENABLED = True
# Tasks are kept for a worker; a journey that needs one starts it.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
