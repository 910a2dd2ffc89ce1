"""``manage.py import_handover FILE --as nasional``: verify a province's package and take its winners."""

from argparse import BooleanOptionalAction
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from judging.core.verifier_handover import SIZE_LIMIT, Package, Unreadable
from judging.management.people import named_person, password_of
from judging.management.scopes import named_round
from judging.models import ReceivedPackage
from judging.selectors.received_packages import key_standing
from judging.services.received_packages import receive_package, take_package
from judging.services.trusted_keys import trust_key
from nominees.models import NATIONAL_SCOPE
from paritrana.accounts.models import User
from paritrana.kernel import clock
from paritrana.kernel.errors import DomainError
from paritrana.kernel.seal import grouped
from paritrana.kernel.sentences import explain

PASSWORD_VARIABLE = "PARITRANA_KEY_PASSWORD"  # noqa: S105 - the name of a variable


class Command(BaseCommand):
    """Calls the services that the pages call; a second run with the same file changes nothing."""

    help = (
        "Verify a hand-over package and take its winners into the national round. A key that is not known yet is "
        "accepted only with --fingerprint, as the province read it aloud, and --note, by another person than who takes "
        f"the winners: --key-by. That person's password is read from {PASSWORD_VARIABLE}, else asked for."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the package")
        parser.add_argument("--as", dest="username", required=True, help="who acts: the national secretariat")
        parser.add_argument("--fingerprint", default="", help="the key's fingerprint, or its last four groups")
        parser.add_argument("--note", default="", help="with whom and how the fingerprint was compared")
        parser.add_argument("--key-by", default="", help="who compared the fingerprint; default: who acts")
        parser.add_argument(
            "--new-key", action=BooleanOptionalAction, default=False, help="the province says that it made a new key"
        )

    def handle(self, *args: Any, file: Path, username: str, **options: Any) -> None:
        actor = named_person(username)
        try:
            with file.open("rb") as stream:
                content = stream.read(SIZE_LIMIT + 1)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error}") from None
        try:
            package = self._received(content, file.name, actor)
            self._taken(package, actor, options)
        except DomainError as error:
            raise CommandError(explain(error)) from None

    def _received(self, content: bytes, name: str, actor: User) -> ReceivedPackage:
        """Verify and store the package; stop where something differs."""
        try:
            year = Package(content).manifest["edition"]["year"]
        except (Unreadable, KeyError, TypeError) as error:
            raise CommandError(f"It is not a hand-over package: {error}") from None
        round = named_round(f"{year}/{NATIONAL_SCOPE}")
        package = receive_package(round=round, content=content, file_name=name, actor=actor, at=clock.now())
        if package.problems:
            differs = "\n".join(f"DIFFERS {where}: {told}" for _code, where, told in package.problems)
            raise CommandError(f"{differs}\nThe package was refused.")
        return package

    def _taken(self, package: ReceivedPackage, actor: User, options: dict[str, Any]) -> None:
        """Accept the key if it was read aloud, then take the winners."""
        if options["fingerprint"] and not key_standing(package).trusted:
            compared_by = named_person(options["key_by"]) if options["key_by"] else actor
            trust_key(
                package=package,
                spoken=options["fingerprint"],
                note=options["note"],
                password=password_of(compared_by, PASSWORD_VARIABLE),
                replaces=options["new_key"],
                actor=compared_by,
                at=clock.now(),
            )
        package = take_package(package=package, actor=actor, at=clock.now())
        for winner in package.winners.select_related("nomination__category", "nomination__nominee"):
            number, category = winner.nomination.number, winner.nomination.category
            self.stdout.write(f"{winner.title}, {category}: {winner.nomination} (number {number})")
        self.stdout.write(f"{package.region}: taken, key {grouped(package.fingerprint)}")
