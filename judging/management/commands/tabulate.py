"""``manage.py tabulate 2024/53 --output DIR``: the frozen tabulation as files that anybody can recount."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from judging.management.scopes import named_round, part_name
from judging.selectors.standings import tabulation_in_force


class Command(BaseCommand):
    """Write input and answer of every frozen part; recount one with ``python -m judging.core FILE.input.json``."""

    help = "Write the frozen tabulation of a round in the open format, one input and one answer per category and pool."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("scope", help="the round: 2024/53, 2024/nasional")
        parser.add_argument("--output", type=Path, required=True, help="folder to write to; made when missing")

    def handle(self, *args: Any, scope: str, output: Path, **options: Any) -> None:
        tabulation = tabulation_in_force(named_round(scope))
        if tabulation is None:
            # Nothing live is written: before the plenary nobody sees a score, from the command line neither.
            raise CommandError(f"The round {scope} has no frozen tabulation yet.")
        output.mkdir(parents=True, exist_ok=True)
        for part in tabulation.parts.select_related("category", "pool"):
            name = part_name(part)
            (output / f"{name}.input.json").write_text(part.input, encoding="ascii")
            (output / f"{name}.answer.json").write_text(part.answer, encoding="ascii")
            self.stdout.write(f"{name} {part.input_hash} {part.answer_hash}")
