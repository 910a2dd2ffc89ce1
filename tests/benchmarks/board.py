"""The schedule board with 100 and 600 interviews: queries, processor time and weight of the page, and of one drag.

Run ``python -m tests.benchmarks.board`` in the root of the project (a minute); it seeds a database of its own. Sizes as
arguments. The least of several runs counts.
"""

import gzip
import os
import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from time import process_time
from typing import Any

RUNS = 9
SHAPES: dict[int, dict[str, int]] = {
    100: {"rooms": 3, "days": 5, "seats": 9},
    600: {"rooms": 6, "days": 10, "seats": 27},
}


def main(sizes: tuple[int, ...] = (100, 600)) -> None:
    """Seed, measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DJANGO_SETTINGS_MODULE"] = "paritrana.settings.test"
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder) / 'board.sqlite3'}"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        for index, size in enumerate(sizes):
            report(size, f"{51 + index}")


def report(size: int, region_code: str) -> None:
    """Print one line for the page and one for a drag."""
    from django.test import Client

    from nominees.templatetags.rounds import round_url
    from tests.factories.schedule import TUESDAY
    from tests.factories.schedule_board import make_board

    world = make_board(size, unplaced=3, categories=8, region_code=region_code, **SHAPES.get(size, {}))
    client = Client()
    client.force_login(world.secretary)
    page, asked = (round_url(f"judging:schedule_board{name}", world.round) for name in ("", "_probe"))
    day = (TUESDAY + timedelta(days=1)).isoformat()
    place = {"number": 1, "day": day, "start": 610, "room": world.rooms[-1].pk}
    for name, act in (("page", lambda: client.get(page)), ("drag", lambda: client.post(asked, place))):
        queries, seconds, body = measured(act)
        weight = f"{len(body) / 1024:.0f} KB, {len(gzip.compress(body)) / 1024:.1f} packed"
        print(f"{size:5} {name}  {queries} queries  {seconds * 1000:.0f} ms  {weight}", flush=True)


def measured(act: Callable[[], Any]) -> tuple[int, float, bytes]:
    """Return how many queries ``act`` makes, its least processor time in seconds, and what it answers."""
    from django.db import connection

    act()
    queries = 0

    def counted(execute: Callable[..., Any], *told: Any) -> Any:
        nonlocal queries
        queries += 1
        return execute(*told)

    with connection.execute_wrapper(counted):
        body = bytes(act().content)
    times = []
    for _ in range(RUNS):
        begun = process_time()
        act()
        times.append(process_time() - begun)
    return queries, min(times), body


if __name__ == "__main__":
    main(tuple(int(size) for size in sys.argv[1:]) or (100, 600))
