"""Lists of a round with 50, 500 and 2,000 nominees: queries, CPU against a bare floor, growth and weight.

Run ``python tests/benchmarks/pages.py`` in the root of the project (two minutes). The floor runs before and after, so
that a busy machine shows; the least CPU counts. Sizes as arguments: ``pages.py 50 500``.
"""

import gzip
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from time import process_time
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
RUNS = 7


def main(sizes: tuple[int, ...] = (50, 500, 2000)) -> None:
    """Seed a database of its own, measure and print a table."""
    with tempfile.TemporaryDirectory() as folder:
        before = floor_of(sizes)
        worlds = prepare(Path(folder), sizes)
        found = {(name, size): measure(page, user) for name, size, page, user in pages(worlds)}
        after = floor_of(sizes)
    least = {kind: {size: min(before[kind][size], after[kind][size]) for size in before[kind]} for kind in before}
    report(found, least, sizes)


def floor_of(sizes: Iterable[int]) -> dict[str, dict[str, float]]:
    """Return kind -> size -> seconds of the floor, measured now in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(Path(__file__).with_name("floor.py")), folder, *map(str, sizes)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 (our own file)
    found: dict[str, dict[str, float]] = json.loads(done.stdout)
    return found


def prepare(folder: Path, sizes: Iterable[int]) -> dict[int, Any]:
    """Set the project up on a database in ``folder`` and return size -> its round in the plenary."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "paritrana.settings.test"
    os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'pages.sqlite3'}"
    sys.path.insert(0, str(ROOT))
    import django
    from django.conf import settings

    django.setup()
    settings.WHITENOISE_AUTOREFRESH = False  # as in production: no look at the disk for every request
    from django.core.management import call_command
    from django.db import connection, transaction

    from tests.factories.large_round import make_large_round

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        worlds = {size: make_large_round(size, region_code=str(51 + index)) for index, size in enumerate(sizes)}
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return worlds


def pages(worlds: dict[int, Any]) -> Iterable[tuple[str, int, str, Any]]:
    """Yield name, size, address and reader; the plenary opens between the pages of scoring and the ranking."""
    from nominees.templatetags.rounds import round_url
    from tests.factories.large_round import freeze

    for size, world in worlds.items():
        yield "progress", size, round_url("judging:progress", world.round), world.secretary
        yield "nominees", size, round_url("nominees:list", world.round), world.secretary
        yield "judge's list", size, round_url("judging:my_day", world.round) + "?hari=semua", world.member
    for size, world in worlds.items():
        start = process_time()
        freeze(world)
        print(f"freezing {size}: {process_time() - start:.2f} s CPU")
        yield "ranking", size, round_url("judging:ranking", world.round), world.member


def measure(page: str, user: Any) -> dict[str, float]:
    """Return what one request costs: first and least CPU in seconds, queries, bytes as they are and packed."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.force_login(user)
    took = []
    for _ in range(RUNS):
        start = process_time()
        response = client.get(page)
        took.append(process_time() - start)
        if response.status_code != 200:
            raise SystemExit(f"{page}: {response.status_code}")
    with CaptureQueriesContext(connection) as queries:
        client.get(page)
    body = response.content
    return {
        "first": took[0],
        "cpu": min(took),
        "sql": len(queries),
        "raw": len(body),
        "gzip": len(gzip.compress(body, 6)),
    }


def report(found: dict[tuple[str, int], dict[str, float]], floor: dict[str, dict[str, float]], sizes: Any) -> None:
    """Print a line per page and size, and the growth between the two largest."""
    print(
        f"{'page':<14}{'N':>6}{'SQL':>5}{'first ms':>10}{'CPU ms':>9}{'floor ms':>10}{'ratio':>7}{'KB':>8}{'gzip':>7}"
    )
    for (name, size), row in found.items():
        bare = floor["rank" if name == "ranking" else "mine"][str(size)]
        print(
            f"{name:<14}{size:>6}{row['sql']:>5}{row['first'] * 1000:>10.0f}{row['cpu'] * 1000:>9.1f}"
            f"{bare * 1000:>10.1f}{row['cpu'] / bare:>7.2f}{row['raw'] / 1000:>8.1f}{row['gzip'] / 1000:>7.1f}"
        )
    if len(sizes) > 1:
        small, large = sorted(sizes)[-2:]
        for name in dict.fromkeys(name for name, _ in found):
            growth = found[name, large]["cpu"] / found[name, small]["cpu"]
            print(f"growth of {name} from {small} to {large}: {growth:.2f}")


if __name__ == "__main__":
    main(*([tuple(map(int, sys.argv[1:]))] if sys.argv[1:] else []))
