"""``manage.py diagnose 2024/53``: how firm the frozen result is, what ``python -m judging.core.diagnostics`` says."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from judging.core import diagnostics, package
from judging.management.scopes import named_round, part_name
from judging.models import Tabulation
from judging.selectors.standings import tabulation_in_force


class Command(BaseCommand):
    """Diagnose every frozen part, without the plenary's decisions: advice that decides nothing."""

    help = "Write agreement, severity and firmness of every category and pool of the frozen tabulation as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("scope", help="the round: 2024/53, 2024/nasional")
        parser.add_argument("--output", type=Path, help="file to write; printed when left out")

    def handle(self, *args: Any, scope: str, output: Path | None, **options: Any) -> None:
        tabulation = tabulation_in_force(named_round(scope))
        if tabulation is None:
            # Nothing live is written: before the plenary nobody sees a score, from the command line neither.
            raise CommandError(f"The round {scope} has no frozen tabulation yet.")
        text = json.dumps(_diagnosed(tabulation), indent=1, sort_keys=True)
        if output is None:
            self.stdout.write(text)
            return
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text + "\n", encoding="ascii")
        self.stdout.write(f"{output} holds the diagnostics of run {tabulation.number} of {scope}")


def _diagnosed(tabulation: Tabulation) -> dict[str, Any]:
    """Name of each part -> its diagnostics, by the limit of divergence of the round's rules."""
    limit = tabulation.rules.divergence_limit
    return {
        part_name(part): diagnostics.answer(diagnostics.diagnose(package.read(json.loads(part.input)), limit=limit))
        for part in tabulation.parts.select_related("category", "pool")
    }
