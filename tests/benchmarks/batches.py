"""A batch of certificates from the button to the last file, watched in a browser: time, processor, memory, numbers.

Run ``python -m tests.benchmarks.batches`` in the root of the project (a minute); ``--size 100`` takes another number,
``--pictures <folder>`` keeps how the page looked meanwhile. A round with that many nominees is written into a database
of its own, an organiser asks for their certificates of participation on the page of the documents, and a worker in a
process of its own makes them. Needs the Chromium of the system.
"""

import argparse
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.journeys.browser import enter, open_page, overflow, press

ROOT = Path(__file__).resolve().parents[2]
ORGANISER, DOCUMENTS = "panitia", "/2024/53/dokumen/"
WIDTHS = (1280, 360)
LOOK_EVERY = 500  # ms
MEGABYTE = 1024  # kilobytes


def main() -> None:
    """Build, ask, watch, count and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=300)
    parser.add_argument("--pictures", type=Path)
    parser.add_argument("--build", action="store_true", help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.build:
        build(told.size)
        return
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "tests.journeys.settings",
            "JOURNEY_DATABASE": str(Path(folder) / "site.sqlite3"),
        }
        run = [sys.executable, "-m", "tests.benchmarks.batches", "--build", "--size", str(told.size)]
        subprocess.run(run, cwd=ROOT, check=True)  # noqa: S603 - our own file
        watched(Path(folder), told.pictures)


def build(size: int) -> None:
    """Write a decided round with three winners and ``size`` other nominees."""
    import django

    django.setup()

    from django.core.management import call_command

    from judging.management.demo.facts import PASSWORD
    from nominees.models import Kind, Nomination, Nominee, Status
    from paritrana.accounts.models import Role
    from tests.factories.awards import make_decided_round
    from tests.factories.world import make_user

    call_command("migrate", verbosity=0)
    round = make_decided_round((90, 80, 70), kind=Kind.BUSINESS, is_demo=True)
    organiser = make_user(Role.ORGANISER, round=round, username=ORGANISER)
    organiser.set_password(PASSWORD)
    organiser.save()
    category, first = round.categories.get(), round.nominations.select_related("nominee").earliest("number")
    names = (f"PT Karya Nusantara Sejahtera Bersama Cabang {number:04d} (contoh)" for number in range(size))
    nominees = Nominee.objects.bulk_create(
        Nominee(kind=category.kind, region=first.nominee.region, name=name) for name in names
    )
    Nomination.objects.bulk_create(
        Nomination(round=round, category=category, nominee=nominee, number=number, status=Status.RUNNING)
        for number, nominee in enumerate(nominees, start=1_001)
    )


def watched(folder: Path, pictures: Path | None) -> None:
    """Have the batch made and print what came of it."""
    with served(folder / "site.sqlite3") as address, window(address) as page:
        enter(page, ORGANISER)
        open_page(page, DOCUMENTS)
        for kind in page.locator("#terbitkan [name=jenis]").all():
            kind.set_checked(kind.get_attribute("value") == "participation")
        press(page, "#terbitkan [value=jenis]")
        began, seen = time.monotonic(), []
        worker = subprocess.Popen([sys.executable, "manage.py", "worker", "--alone"], cwd=ROOT)
        used = None
        while used is None:
            seen += look(page, pictures, len(seen))
            used = ended(worker)
        seconds = time.monotonic() - began
        page.locator("main a[href*='?cetak=']").first.wait_for()
        report(folder, seconds, used, seen)


def look(page: Any, pictures: Path | None, taken: int) -> list[int]:
    """Wait a little; return how far the page says that it is, if it says so now."""
    page.wait_for_timeout(LOOK_EVERY)
    bar = page.locator("[data-run] progress")
    value = bar.get_attribute("value") if bar.count() else None
    if value is None:
        return []
    width = WIDTHS[taken % len(WIDTHS)]
    page.set_viewport_size({"width": width, "height": 800})
    assert overflow(page) == 0
    if pictures and value != "0":
        pictures.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=pictures / f"{width}.png")
    return [int(value)]


def ended(process: subprocess.Popen[bytes]) -> Any:
    """Return what ``process`` used, once it has ended; before, ``None``. Raises ``SystemExit`` if it failed."""
    pid, status, used = os.wait4(process.pid, os.WNOHANG)
    if not pid:
        return None
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"the worker ended with {process.returncode}")
    return used


def report(folder: Path, seconds: float, used: Any, seen: list[int]) -> None:
    """Print what the batch took and what is there."""
    with sqlite3.connect(folder / "site.sqlite3") as connection:
        papers = connection.execute("SELECT number, serial, sha256, check_code, file FROM judging_document").fetchall()
        state = connection.execute("SELECT state, attempt FROM judging_printbatch").fetchone()
    numbers, serials, hashes, codes, files = ({*values} for values in zip(*papers, strict=True))
    there = {str(one.relative_to(folder / "media")) for one in (folder / "media").rglob("*.pdf")}
    cpu, count = used.ru_utime + used.ru_stime, len(papers)
    steps = sorted({*seen})
    print(
        f"batch {state[0]} in turn {state[1]}: {count} certificates in {seconds:.1f} s\n"
        f"worker: {cpu:.1f} s CPU with Django loaded, {cpu / count * 1000:.0f} ms each,"
        f" peak memory {used.ru_maxrss / MEGABYTE:.0f} MB\n"
        f"{len(there)} files, {len(numbers)} numbers, {len(codes)} codes, {len(hashes)} checksums;"
        f" serials without a gap: {serials == {*range(1, count + 1)}};"
        f" files without a paper: {len(there - files)}, papers without a file: {len(files - there)}\n"
        f"the page was seen {len(seen)} times and told {len(steps)} steps: {steps}"
    )


@contextmanager
def served(database: Path) -> Iterator[str]:
    """Serve ``database``; yields the address."""
    pipes: Any = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "bufsize": 1}
    with subprocess.Popen([sys.executable, "-m", "tests.journeys.server"], cwd=ROOT, **pipes) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(f"{database}\n")
        yield process.stdout.readline().strip()
        process.stdin.close()


@contextmanager
def window(address: str) -> Iterator[Any]:
    """Open a page of the site at ``address`` in a browser of its own."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser.new_page(base_url=address, locale="id-ID")
        browser.close()


if __name__ == "__main__":
    main()
