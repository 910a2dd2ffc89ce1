"""Carry a round from its scores to its documents, without a browser."""

from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from judging import permissions
from judging.management.papers import write_papers
from judging.management.people import password_of
from judging.management.scopes import named_round
from judging.management.votes import VotesUnreadable, read_votes, settle_told_ties
from judging.models import Plenary
from judging.permissions import plenary as may
from judging.selectors.awards import award_group_name, awards_in_force
from judging.services.documents import issue_all
from judging.services.plenary import confirm_decision, countersign, open_plenary, record_attendance
from nominees.core.lifecycle import State
from nominees.models import Round
from paritrana.accounts.models import User
from paritrana.audit.selectors import head_of
from paritrana.kernel import clock, wording
from paritrana.kernel.errors import DomainError
from paritrana.kernel.sentences import explain, sentence
from paritrana.kernel.verdict import Verdict

PASSWORD_VARIABLE = "PARITRANA_CHAIR_PASSWORD"  # noqa: S105 - the name of a variable
SECOND_VARIABLE = "PARITRANA_SECOND_PASSWORD"
Permission = Callable[[User, Round], Verdict]


class Command(BaseCommand):
    """Calls the services that the pages call, as the people named, and goes as far as the round allows.

    The plenary belongs to people: the command opens it, records the attendance and the votes on ties it is told,
    confirms the result with the chair's password and countersigns it with a second officer's. Deviations are decided on
    the plenary page.
    """

    help = (
        "Carry a round from scores to documents and print its winners. A second run changes nothing. "
        f"The passwords of who confirms and who countersigns are read from {PASSWORD_VARIABLE} and {SECOND_VARIABLE}, "
        "or asked for."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("scope", help="The round: 2024/53, 2024/nasional.")
        parser.add_argument("--documents", type=Path, required=True, help="Folder for copies of the documents.")
        parser.add_argument("--as", dest="people", nargs="+", default=[], metavar="USERNAME", help="Who acts.")
        parser.add_argument("--chair", metavar="USERNAME", help="Who opens the plenary and confirms the result.")
        parser.add_argument("--second", metavar="USERNAME", help="Who countersigns, never the chair.")
        parser.add_argument("--place", default="", help="Where the plenary meets.")
        parser.add_argument("--minutes", default="", metavar="NUMBER", help="Number of the minutes.")
        parser.add_argument(
            "--ties", type=Path, metavar="FILE.json", help="Votes on ties, as docs/operations.md describes them."
        )
        parser.add_argument("--present", nargs="+", metavar="SEAT", help="Codes of the seats present; 'all' for all.")

    def handle(self, *args: Any, **options: Any) -> None:
        round = named_round(options["scope"])
        before = head_of(round.scope)
        try:
            self._run(round, options, clock.now())
            count = write_papers(round, options["documents"])
        except VotesUnreadable as error:
            raise CommandError(str(error)) from None
        except DomainError as error:
            raise CommandError("\n".join(_lines(error))) from None
        self._winners(round)
        self.stdout.write(f"{count} documents in {options['documents']}")
        if head_of(round.scope) == before:
            self.stdout.write("Nothing was left to do: the round stands as it stood.")

    def _run(self, round: Round, options: dict[str, Any], at: datetime) -> None:
        """Take every step that is still to be taken."""
        if round.state in (State.PREPARATION, State.NOMINATION):
            raise CommandError(f"{round} is still in {round.state}: it can be run once it is in scoring.")
        if round.state in (State.SCORING, State.PLENARY):
            self._decide(round, options, at)
            round.refresh_from_db()
        if round.state in (State.DECIDED, State.ANNOUNCED):
            actor = self._actor(round, options, permissions.can_issue_documents, "issue the documents")
            issue_all(round=round, actor=actor, at=at)

    def _decide(self, round: Round, options: dict[str, Any], at: datetime) -> None:
        """Open the plenary, record who is there, confirm the result and countersign it."""
        chair = self._actor(round, options, partial(permissions.can_open_plenary, at=at), "chair the plenary")
        plenary = open_plenary(round=round, place=options["place"], actor=chair, at=at)
        second = self._actor(round, options, partial(_may_countersign, chair=chair, at=at), "countersign the result")
        if plenary.confirmed_at is None:
            self._confirm(plenary, chair, options, at)
        countersign(plenary=plenary, password=password_of(second, SECOND_VARIABLE), actor=second, at=at)

    def _confirm(self, plenary: Plenary, chair: User, options: dict[str, Any], at: datetime) -> None:
        round = plenary.tabulation.round
        if options["present"]:
            seats = list(round.seats.all())
            unknown = set(options["present"]) - {seat.code for seat in seats} - {"all"}
            if unknown:
                raise CommandError(f"There is no seat {', '.join(sorted(unknown))} in {round}.")
            held = {seat for seat in seats if not seat.vacant_reason}
            named = {seat for seat in seats if seat.code in options["present"]}
            there = held if "all" in options["present"] else named
            present = {seat: seat in there for seat in seats}
            record_attendance(plenary=plenary, present=present, actor=chair, at=at)
        if options["ties"]:
            settle_told_ties(plenary, read_votes(options["ties"]), actor=chair, at=at)
        confirm_decision(
            plenary=plenary,
            password=password_of(chair, PASSWORD_VARIABLE),
            minutes_number=options["minutes"],
            actor=chair,
            at=at,
        )

    def _actor(self, round: Round, options: dict[str, Any], may: Permission, what: str) -> User:
        """Return the first of the people named who may do this."""
        names = list(filter(None, [options["chair"], options["second"], *options["people"]]))
        people = {user.username: user for user in User.objects.filter(username__in=names, is_active=True)}
        missing = [name for name in names if name not in people]
        if missing:
            raise CommandError(f"Nobody signs in as {', '.join(missing)}.")
        round = Round.objects.select_related("edition", "region").get(pk=round.pk)
        for name in names:
            if may(people[name], round):
                return people[name]
        raise CommandError(f"Nobody named by --as, --chair or --second may {what} of {round}.")

    def _winners(self, round: Round) -> None:
        group = ""
        for award in awards_in_force(round):
            if award_group_name(award) != group:
                group = award_group_name(award)
                self.stdout.write(f"\n{group}")
            score = wording.decimal_number(Decimal(award.standing.score))
            self.stdout.write(f"  {award.title:<14} {score:>8}  {award.nomination}")
        self.stdout.write("")


def _may_countersign(user: User, round: Round, *, chair: User, at: datetime) -> Verdict:
    return may.is_second_officer(user, round, at=at) if user != chair else Verdict("countersigner_confirmed")


def _lines(error: DomainError) -> Iterable[str]:
    """Return what to tell: the error, and every condition that is not met."""
    yield explain(error)
    for unmet in error.facts.get("unmet", ()):
        yield f"- {sentence(unmet.code, unmet.facts)}"
