"""The least that a list of this size can cost in Django: sessions, sign-in, one query, a flat template loop.

A program of its own (``python tests/benchmarks/floor.py FOLDER 50 500``), because its settings are not the project's:
it prints the least CPU of one request per page and size as JSON. The places of its ranking come from averages in SQL:
a floor of cost, not a way to rank.
"""

import json
import random
import sys
from pathlib import Path
from time import process_time
from typing import Any

import django
from django.conf import settings
from django.db import connection
from django.http import HttpResponseForbidden
from django.shortcuts import render
from django.urls import path

SEATS, WEIGHTS, RUNS = 9, (30, 25, 20, 15, 10), 9
TEMPLATES = {
    "rank.html": "<!doctype html><title>Peringkat</title><table>{% for r in rows %}<tr><td>{{ r.0 }}<td>{{ r.1 }}"
    "<td>{{ r.2 }}<td>{{ r.3 }}<td>{{ r.4 }}<td>{{ r.5 }}{% endfor %}</table>",
    "mine.html": "<!doctype html><title>Daftar</title><table>{% for r in rows %}<tr><td>"
    "<a href=/e/{{ size }}/score/{{ r.0 }}/>{{ r.1 }}</a><td>{{ r.2 }}{% endfor %}</table>",
}
WEIGHT = " ".join(f"WHEN {number} THEN {weight}" for number, weight in enumerate(WEIGHTS, 1))
RANKING = f"""SELECT RANK() OVER (ORDER BY t.total DESC NULLS LAST) rk, n.name, t.total, t.lo, t.hi, t.seats
 FROM nominee n LEFT JOIN (SELECT nominee, ROUND(AVG(p), 3) total, MIN(p) lo, MAX(p) hi, COUNT(*) seats FROM (
  SELECT s.nominee, s.seat, SUM(s.value * CASE s.criterion {WEIGHT} END) / 100.0 p FROM score s
  JOIN nominee m ON m.id = s.nominee WHERE m.size = %s GROUP BY s.nominee, s.seat) q GROUP BY nominee) t
 ON t.nominee = n.id WHERE n.size = %s ORDER BY rk, n.name"""  # noqa: S608 (numbers of this module)
MINE = """SELECT n.id, n.name, EXISTS (SELECT 1 FROM score s WHERE s.nominee = n.id AND s.seat = 1) FROM nominee n
 WHERE n.size = %s ORDER BY n.name"""


def configure(folder: Path) -> None:
    """Set Django up with a database file of its own in ``folder``."""
    contrib, middle = "django.contrib.", "django.middleware."
    settings.configure(
        SECRET_KEY="floor-only",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        USE_TZ=True,
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": str(folder / "floor.sqlite3"),
                "CONN_MAX_AGE": None,
                "OPTIONS": {"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"},
            }
        },
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
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {
                    "loaders": [
                        (
                            "django.template.loaders.cached.Loader",
                            [("django.template.loaders.locmem.Loader", TEMPLATES)],
                        )
                    ],
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                    ],
                },
            }
        ],
        LOGGING_CONFIG=None,
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    )
    django.setup()


def page(request: Any, kind: str, size: int) -> Any:
    """A list: its rows in one query, its cells in one loop."""
    if not request.user.is_authenticated:
        return HttpResponseForbidden()
    with connection.cursor() as cursor:
        cursor.execute(*((RANKING, [size, size]) if kind == "rank" else (MINE, [size])))
        rows = cursor.fetchall()
    return render(request, f"{kind}.html", {"rows": rows, "size": size})


def seed(sizes: list[int]) -> None:
    """Fill the tables with rounds of these sizes."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    chance = random.Random(7)  # noqa: S311 (marks, no secrets)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE nominee (id integer PRIMARY KEY, size integer, name text)")
        cursor.execute(
            "CREATE TABLE score (nominee integer, seat integer, criterion integer, value integer, "
            "PRIMARY KEY (nominee, seat, criterion)) WITHOUT ROWID"
        )
        cursor.execute("CREATE INDEX by_size ON nominee (size)")
        first = 1
        for size in sizes:
            here = range(first, first + size)
            names = [(pk, size, f"PT Karya Nusantara {pk - first:04d}") for pk in here]
            cursor.executemany("INSERT INTO nominee VALUES (%s, %s, %s)", names)
            cells = [(pk, seat, leaf) for pk in here for seat in range(SEATS) for leaf in range(1, len(WEIGHTS) + 1)]
            marks = [(*cell, chance.randint(50, 100)) for cell in cells]
            cursor.executemany("INSERT INTO score VALUES (%s, %s, %s, %s)", marks)
            first += size
        cursor.execute("ANALYZE")


def main(folder: str, *sizes: str) -> None:
    """Seed, measure and print ``{"rank": {"50": seconds}, "mine": ...}``."""
    configure(Path(folder))
    seed([int(size) for size in sizes])
    from django.contrib.auth.models import User
    from django.test import Client

    client = Client()
    client.force_login(User.objects.create_user("juri"))
    found: dict[str, dict[str, float]] = {"rank": {}, "mine": {}}
    for kind, costs in found.items():
        for size in sizes:
            took = []
            for _ in range(RUNS):
                start = process_time()
                response = client.get(f"/{kind}/{size}/")
                took.append(process_time() - start)
                if response.status_code != 200:
                    raise SystemExit(f"{kind} {size}: {response.status_code}")
            costs[size] = min(took)
    print(json.dumps(found))


urlpatterns = [path("<str:kind>/<int:size>/", page)]

if __name__ == "__main__":
    main(*sys.argv[1:])
