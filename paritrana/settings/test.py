"""Fast and without side effects: what the tests run under, on either database."""

from .base import *  # noqa: F403
from .base import SQLITE_OPTIONS, database, env

SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["*"]
DATABASES = {"default": database(env.str("DATABASE_URL", "sqlite://:memory:"))}
if "sqlite3" in str(DATABASES["default"]["ENGINE"]):
    # No journal to keep: the database is thrown away.
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS | {"init_command": "PRAGMA synchronous=OFF;"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
AXES_ENABLED = False
# Tasks are only noted: tests that want one done call it.
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
# Static files are served from where they lie: nothing is collected for tests.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
