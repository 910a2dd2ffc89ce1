"""Settings of the servers that are killed and loaded: the database, sign-in and middleware as in service.

Only the password hash is cheap, and static files lie where they are.
"""

from paritrana.settings.test import *  # noqa: F403
from paritrana.settings.test import database, env

DATABASES = {"default": database(env.str("DATABASE_URL"))}  # with a journal that is written through
AXES_ENABLED = True
WHITENOISE_AUTOREFRESH = False
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
