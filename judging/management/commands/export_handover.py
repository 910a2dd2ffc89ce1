"""``manage.py export_handover 2024/53 --as sekretariat --out FOLDER``: make a province's next hand-over package."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from judging.management.people import named_person
from judging.management.scopes import named_round
from judging.selectors.handover import handover_bytes, handover_name
from judging.services.handover import make_handover, send_handover
from paritrana.kernel import clock
from paritrana.kernel.errors import DomainError
from paritrana.kernel.seal import grouped
from paritrana.kernel.sentences import explain


class Command(BaseCommand):
    """Calls the service that the page calls; each run makes a package of its own number."""

    help = "Make and verify the next hand-over package of a decided province, and write it into a folder."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("scope", help="the round: 2024/53")
        parser.add_argument("--as", dest="username", required=True, help="who acts: the province's secretariat")
        parser.add_argument("--out", type=Path, required=True, help="folder for the file")
        parser.add_argument("--sent", default="", metavar="HOW", help="record it as sent, and how")

    def handle(self, *args: Any, scope: str, username: str, out: Path, sent: str, **options: Any) -> None:
        actor, at = named_person(username), clock.now()
        try:
            found = make_handover(round=named_round(scope), actor=actor, at=at)
            out.mkdir(parents=True, exist_ok=True)
            target = out / handover_name(found)
            target.write_bytes(handover_bytes(found))
            if sent:
                send_handover(handover=found, how=sent, actor=actor, at=at)
        except DomainError as error:
            raise CommandError(explain(error)) from None
        self.stdout.write(f"{target}\nSHA-256 {found.sha256}\nkey {grouped(found.fingerprint)}")
