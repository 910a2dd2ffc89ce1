"""The least that saving five marks can cost in Django: session, sign-in, token, one statement that writes, a redirect.

A program of its own, because its settings are not the project's; ``FLOOR_DATABASE`` holds Django's settings of its
database as JSON. ``python -m tests.benchmarks.floor_saves USERS`` fills it and prints the sessions;
``gunicorn tests.benchmarks.floor_saves`` serves it.
"""

import json
import os
import sys
from typing import Any

import django
from django.conf import settings

if __name__ == "__main__":  # as a module of its own name, or its model would be there twice
    from tests.benchmarks import floor_saves

    print(json.dumps(floor_saves.seed(int(sys.argv[1]))))
    sys.exit()

if not settings.configured:
    contrib, middle = "django.contrib.", "django.middleware."
    settings.configure(
        SECRET_KEY="floor-only",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        USE_TZ=True,
        DATABASES={"default": json.loads(os.environ["FLOOR_DATABASE"])},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        INSTALLED_APPS=[contrib + name for name in ("auth", "contenttypes", "sessions", "messages")],
        MIDDLEWARE=[
            middle + "security.SecurityMiddleware",
            contrib + "sessions.middleware.SessionMiddleware",
            middle + "common.CommonMiddleware",
            middle + "csrf.CsrfViewMiddleware",
            contrib + "auth.middleware.AuthenticationMiddleware",
            contrib + "messages.middleware.MessageMiddleware",
            middle + "clickjacking.XFrameOptionsMiddleware",
        ],
        LOGGING_CONFIG=None,
    )
    django.setup()

from django.contrib.auth.decorators import login_required
from django.core.wsgi import get_wsgi_application
from django.db import connection, models
from django.http import HttpResponseRedirect
from django.urls import path


class Score(models.Model):
    """One mark."""

    nominee = models.IntegerField()
    user = models.ForeignKey("auth.User", models.CASCADE)
    criterion = models.IntegerField()
    value = models.IntegerField()
    at = models.DateTimeField(auto_now=True)

    class Meta:
        app_label = "floor"
        unique_together = [("nominee", "user", "criterion")]

    def __str__(self) -> str:
        return str(self.value)


@login_required
def save(request: Any, nominee: int) -> HttpResponseRedirect:
    """Write the five marks of one sheet in one statement."""
    marks = [int(request.POST[f"nilai-{criterion}"]) for criterion in range(1, 6)]
    Score.objects.bulk_create(
        [
            Score(nominee=nominee, user=request.user, criterion=number, value=value)
            for number, value in enumerate(marks, 1)
        ],
        update_conflicts=True,
        unique_fields=["nominee", "user", "criterion"],
        update_fields=["value", "at"],
    )
    return HttpResponseRedirect(request.path)


def seed(users: int) -> list[str]:
    """Make tables and people, and return a session for each."""
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.test import Client

    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(Score)
    sessions = []
    for number in range(users):
        client = Client()
        client.force_login(User.objects.create_user(f"juri{number}"))
        sessions.append(client.cookies["sessionid"].value)
    return sessions


urlpatterns = [path("<int:nominee>/", save)]

application = get_wsgi_application()
