"""``manage.py tabulate 2024 53 --output DIR``: the frozen tabulation as files that anybody can recount."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from judging.selectors.standings import tabulation_in_force
from nominees.selectors.rounds import round_at


class Command(BaseCommand):
    """Write input and answer of every frozen part; recount one with ``python -m judging.core FILE.input.json``."""

    help = "Write the frozen tabulation of a round in the open format, one input and one answer per category and pool."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=int, help="assessment year")
        parser.add_argument("scope", help="province code, or nasional")
        parser.add_argument("--output", type=Path, required=True, help="folder to write to; made when missing")

    def handle(self, *args: Any, year: int, scope: str, output: Path, **options: Any) -> None:
        round = round_at(year=year, scope=scope)
        if round is None:
            raise CommandError(f"There is no round {year}/{scope}.")
        tabulation = tabulation_in_force(round)
        if tabulation is None:
            # Nothing live is written: before the plenary nobody sees a score, from the command line neither.
            raise CommandError(f"The round {year}/{scope} has no frozen tabulation yet.")
        output.mkdir(parents=True, exist_ok=True)
        for part in tabulation.parts.select_related("category", "pool"):
            name = f"kategori-{part.category.code}" if part.category else f"umum-{part.pool.code if part.pool else ''}"
            (output / f"{name}.input.json").write_text(part.input, encoding="ascii")
            (output / f"{name}.answer.json").write_text(part.answer, encoding="ascii")
            self.stdout.write(f"{name} {part.input_hash} {part.answer_hash}")
