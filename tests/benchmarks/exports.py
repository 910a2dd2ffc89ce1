"""Scores as files, 2,000 nominees x 9 seats x 5 criteria: CSV against a bare export, workbook against openpyxl.

Run ``python tests/benchmarks/exports.py`` in the root of the project (two minutes); a size as argument. Each floor
runs in the same minutes, before and after; the least CPU of several runs counts.
"""

import gc
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
RUNS = 5
SMALL = 50


def main(size: int = 2000) -> None:
    """Measure and print both exports."""
    before = floor_of(size)
    with tempfile.TemporaryDirectory() as folder:
        world = prepare(Path(folder), size)
        csv_cost, workbook_cost = csv_of(world, size), workbook_of(world, size)
    bare = min(before, floor_of(size))
    ratio = csv_cost["cpu"] / bare
    print(
        f"CSV        {csv_cost['cpu'] * 1000:7.0f} ms CPU, floor {bare * 1000:.0f} ms, ratio {ratio:.2f}; "
        f"{csv_cost['sql']:.0f} SQL, {csv_cost['bytes'] / 1e6:.2f} MB, peak memory +{csv_cost['rss']:.0f} MB"
    )
    ratio = workbook_cost["cpu"] / workbook_cost["floor"]
    print(
        f"workbook   {workbook_cost['cpu'] * 1000:7.0f} ms CPU, floor {workbook_cost['floor'] * 1000:.0f} ms, ratio "
        f"{ratio:.2f}; {workbook_cost['cells']:,.0f} cells of which {workbook_cost['formulas']:,.0f} formulas, "
        f"{workbook_cost['bytes'] / 1e6:.2f} MB; with its data {workbook_cost['whole'] * 1000:.0f} ms"
    )


def least(work: Callable[[], object], runs: int = RUNS) -> float:
    """Return the least CPU of several runs in seconds."""
    took = []
    for _ in range(runs):
        gc.collect()
        start = process_time()
        work()
        took.append(process_time() - start)
    return min(took)


def floor_of(size: int) -> float:
    """Return the least CPU of the bare export, in a process of its own because its settings are not the project's."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, __file__, "--floor", folder, str(size)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)  # noqa: S603 (our own file)
    return float(json.loads(done.stdout))


def bare_export(request: Any, size: int) -> Any:
    """One query, one loop, one text: a row per nominee and seat."""
    import csv

    from django.db import connection
    from django.http import HttpResponse, HttpResponseForbidden

    if not request.user.is_authenticated:
        return HttpResponseForbidden()
    written = io.StringIO()
    writer = csv.writer(written)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT n.name, s.seat, s.value, n.id FROM score s JOIN nominee n ON n.id = s.nominee WHERE n.size = %s "
            "ORDER BY s.nominee, s.seat, s.criterion",
            [size],
        )
        current: Any = None
        row: list[Any] = []
        for name, seat, value, number in cursor:
            if (number, seat) != current:
                if row:
                    writer.writerow(row)
                current, row = (number, seat), [name, seat]
            row.append(value)
        writer.writerow(row)
    return HttpResponse(written.getvalue(), content_type="text/csv")


def run_floor(folder: str, size: int) -> None:
    """Print the seconds of the bare export."""
    sys.path.insert(0, str(ROOT))
    from django.urls import path

    from tests.benchmarks import floor

    floor.urlpatterns.insert(0, path("csv/<int:size>/", bare_export))
    floor.configure(Path(folder))
    floor.seed([size])
    from django.contrib.auth.models import User
    from django.test import Client

    client = Client()
    client.force_login(User.objects.create_user("juri"))
    print(json.dumps(least(lambda: client.get(f"/csv/{size}/").content)))


def prepare(folder: Path, size: int) -> Any:
    """Return a round of ``size`` nominees in its plenary, on a database in ``folder``."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "paritrana.settings.test"
    os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'exports.sqlite3'}"
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    from tests.benchmarks.large_round import freeze, make_large_round

    call_command("migrate", verbosity=0)
    found = {}
    with transaction.atomic():
        for code, count in (("51", SMALL), ("52", size)):
            found[count] = make_large_round(count, region_code=code)
    for world in found.values():
        freeze(world)
    return found


def csv_of(worlds: Any, size: int) -> dict[str, float]:
    """Cost of the CSV as a request; memory as what the first large one adds to a process that served a small one.

    The peak is taken in a child that shares what is loaded, so that what was done before hides nothing.
    """
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from nominees.templatetags.rounds import round_url

    client = Client()

    def fetch(count: int) -> int:
        return sum(map(len, client.get(round_url("judging:scores_csv", worlds[count].round)).streaming_content))

    for count in (SMALL, size):
        client.force_login(worlds[count].chair)
        fetch(count) if count == SMALL else None
    connection.close()
    rss = in_child(lambda: fetch(size))
    cost = least(lambda: fetch(size))
    with CaptureQueriesContext(connection) as queries:
        weight = fetch(size)
    return {"cpu": cost, "sql": len(queries), "bytes": weight, "rss": rss}


def in_child(work: Callable[[], object]) -> float:
    """Return by how many megabytes ``work`` raises the memory of a forked process."""
    reader, writer = os.pipe()
    if os.fork() == 0:
        gc.collect()
        start = resident()
        peak = [start]
        import threading

        done = threading.Event()
        watcher = threading.Thread(
            target=lambda: [peak.append(resident()) for _ in iter(lambda: done.wait(0.002), True)]
        )
        watcher.start()
        work()
        done.set()
        watcher.join()
        os.write(writer, str(max(peak) - start).encode())
        os._exit(0)
    os.wait()
    return float(os.read(reader, 100))


def resident() -> float:
    """Return the memory of this process in megabytes."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def workbook_of(worlds: Any, size: int) -> dict[str, float]:
    """Cost of rendering the workbook, against openpyxl writing as many cells of the same kinds without any look."""
    from judging.documents.ranking_workbook import render_ranking_workbook
    from judging.selectors.papers.workbook import workbook_data
    from judging.selectors.standings import tabulation_in_force
    from tests.factories.world import AT

    tabulation = tabulation_in_force(worlds[size].round)
    assert tabulation is not None
    start = process_time()
    data = workbook_data(tabulation, "BK-01", AT)
    gathering = process_time() - start
    content = render_ranking_workbook(data)
    cells = [list(rows) for rows in values_of(content)]
    formulas = sum(str(value).startswith("=") for rows in cells for row in rows for value in row)
    bare = least(lambda: openpyxl_floor(cells), 2)
    cost = least(lambda: render_ranking_workbook(data), 3)
    bare = min(bare, least(lambda: openpyxl_floor(cells), 2))
    count = sum(value is not None for rows in cells for row in rows for value in row)
    return {
        "cpu": cost,
        "floor": bare,
        "cells": count,
        "formulas": formulas,
        "bytes": len(content),
        "whole": gathering + cost,
    }


def values_of(content: bytes) -> Iterator[list[list[Any]]]:
    """The cells of every page, formulas as texts that begin with "="."""
    from openpyxl import load_workbook

    for page in load_workbook(io.BytesIO(content), read_only=True):
        yield [list(row) for row in page.iter_rows(values_only=True)]


def openpyxl_floor(pages: list[list[list[Any]]]) -> None:
    """Write the same cells, as fast as openpyxl can."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for number, rows in enumerate(pages):
        page = book.create_sheet(f"{number}")
        for row in rows:
            page.append(row)
    book.save(io.BytesIO())


if __name__ == "__main__":
    if sys.argv[1:2] == ["--floor"]:
        run_floor(sys.argv[2], int(sys.argv[3]))
    else:
        main(*map(int, sys.argv[1:]))
