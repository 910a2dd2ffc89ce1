"""``manage.py export_run 2024/53 --output FILE``: the package of the frozen run, for the stand-alone verifier."""

from argparse import BooleanOptionalAction
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from judging.management.scopes import named_round
from judging.selectors.packages import package_of
from judging.selectors.standings import tabulation_in_force


class Command(BaseCommand):
    """Write what the ranking page offers as a download; check it with ``python judging/core/verifier.py FILE``."""

    help = "Write the frozen run of a round as one file with everything needed to count it again elsewhere."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("scope", help="the round: 2024/53, 2024/nasional")
        parser.add_argument("--output", type=Path, required=True, help="file to write")
        disguise = "seats are called unsur-1, unsur-2, ..."
        parser.add_argument("--pseudonymised", action=BooleanOptionalAction, default=False, help=disguise)

    def handle(self, *args: Any, scope: str, output: Path, pseudonymised: bool, **options: Any) -> None:
        tabulation = tabulation_in_force(named_round(scope))
        if tabulation is None:
            raise CommandError(f"The round {scope} has no frozen tabulation yet.")
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_bytes(package_of(tabulation, pseudonymised=pseudonymised).encode("ascii"))
        self.stdout.write(f"{output} holds run {tabulation.number} of {scope}")
