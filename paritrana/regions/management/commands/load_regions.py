"""Load official region codes: provinces and regencies, then villages."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from paritrana.kernel import clock
from paritrana.kernel.errors import DomainError
from paritrana.kernel.sentences import explain
from paritrana.regions.services import (
    DEFAULT_VINTAGE,
    REGENCIES_FILE,
    VILLAGES_FILE,
    Loaded,
    load_regencies,
    load_villages,
)


class Command(BaseCommand):
    """``load_regions`` loads what is shipped; with files it loads only those."""

    help = "Load official region codes from CSV files; a second run changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--regencies", type=Path, metavar="FILE.csv", help="provinces, regencies and cities")
        parser.add_argument("--villages", type=Path, metavar="FILE.csv", help="the villages of a province")
        parser.add_argument("--vintage", default=DEFAULT_VINTAGE, metavar="TEXT", help="default: %(default)s")

    def handle(self, *args: Any, **options: Any) -> None:
        regencies, villages = options["regencies"], options["villages"]
        if not regencies and not villages:
            regencies, villages = REGENCIES_FILE, VILLAGES_FILE
        known = {"vintage": options["vintage"], "actor": None, "at": clock.now()}
        try:
            if regencies:
                self._say(regencies, load_regencies(path=regencies, **known))
            if villages:
                self._say(villages, load_villages(path=villages, **known))
        except DomainError as error:
            raise CommandError(explain(error)) from error

    def _say(self, path: Path, done: Loaded) -> None:
        self.stdout.write(
            f"{path.name}: {done.created} new, {done.changed} changed, {done.same} as before, {done.retired} retired"
        )
