"""What every round of the demo goes through from its first interview to its announcement."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from judging.models import Seat
from judging.selectors.panels import seating_on
from judging.selectors.rubrics import assigned_rubrics
from judging.selectors.standings import open_ties
from judging.services.announcement import announce
from judging.services.decisions import settle_tie
from judging.services.documents import issue_certificates, issue_minutes
from judging.services.plenary import confirm_decision, countersign, open_plenary, record_attendance
from judging.services.rounds import advance_round
from judging.services.secretariat_scores import enter_secretariat_score
from judging.services.votes import Votes
from nominees.core.lifecycle import State
from nominees.models import SCORED, Nomination, Round
from paritrana.accounts.models import User
from paritrana.kernel.check_code import ALPHABET, LENGTH

from .facts import PASSWORD, Facts
from .interviews import hold, plan_interviews
from .marks import Marks

CodeGenerator = Callable[[], str]


def codes(seed: object) -> CodeGenerator:
    """Return check codes that are the same in every build."""
    drawn = Random(f"{seed}/codes")  # noqa: S311 - the demo's papers are the same every time
    return lambda: "".join(drawn.choice(ALPHABET) for _ in range(LENGTH))


def holder(facts: Facts, round: Round, code: str, at: datetime) -> User:
    """Return who holds the seat ``code`` on the local day of ``at``."""
    seating = seating_on(Seat.objects.get(round=round, code=code), at.astimezone(facts.zone).date())
    if seating is None:
        raise LookupError(f"Nobody holds the seat {code}.")
    return seating.user


def nominations_of(round: Round) -> list[Nomination]:
    """Return the nominations by number, ready to be shown."""
    found = Nomination.objects.filter(round=round).select_related(
        "nominee", "category", "round__edition", "round__region"
    )
    return list(found.order_by("number"))


def enter_secretariat_scores(round: Round, marks: Marks, people: Sequence[User], at: datetime) -> None:
    """Let two of the secretariat enter every administrative score, the second a day later."""
    rubrics = assigned_rubrics(round)
    for nomination in nominations_of(round):
        for leaf in rubrics[nomination.category_id].leaves:
            if leaf.source != "secretariat" or nomination.status not in SCORED:
                continue
            for later, actor in enumerate(people):
                enter_secretariat_score(
                    nomination=nomination,
                    criterion=leaf.id,
                    value=marks.of_secretariat(str(nomination), leaf),
                    source="Berkas usulan (contoh)",
                    actor=actor,
                    at=at + timedelta(days=later),
                )


@dataclass(frozen=True)
class Sitting:
    """A round whose nominees are screened, and who acts in it: nothing out of the ordinary happens."""

    facts: Facts
    round: Round
    secretariat: User
    second: User
    organiser: User
    chair: str
    secretary: str

    def run(self, score_from: datetime) -> None:
        """Go from nominations to the announcement; interviews and meeting are on the days of the facts."""
        self._score(score_from)
        self._decide()
        self._announce()

    def _score(self, at: datetime) -> None:
        marks = Marks(self.facts.story["seed"])
        days = self.facts.edition["interviews"]
        interviews = plan_interviews(self.facts, self.round, self._running_order(), days, self.secretariat, at)
        enter_secretariat_scores(self.round, marks, (self.secretariat, self.second), at)
        later = at + timedelta(days=2)
        advance_round(round=self.round, target=State.SCORING, actor=self.secretariat, at=later)
        self.round.refresh_from_db()
        for interview in interviews:
            hold(self.facts, interview, marks, self.secretariat)

    def _running_order(self) -> list[Nomination]:
        return sorted(nominations_of(self.round), key=lambda one: (-one.category.position, one.number))

    def _decide(self) -> None:
        at = self.facts.moment(self.facts.edition["plenary_on"], "09:00")
        chair, secretary = (holder(self.facts, self.round, code, at) for code in (self.chair, self.secretary))
        plenary = open_plenary(round=self.round, place=self.facts.edition["plenary_place"], actor=chair, at=at)
        present = dict.fromkeys(Seat.objects.filter(round=self.round), True)
        record_attendance(plenary=plenary, present=present, actor=self.secretariat, at=at)
        for tie in open_ties(plenary.tabulation):
            subject = tie.category or tie.pool
            assert subject is not None  # noqa: S101 - a tie is in a category or a pool
            settle_tie(
                plenary=plenary,
                subject=subject,
                order=sorted(tie.nominations, key=lambda one: one.number),
                votes=Votes(6, 2, 1),
                reason="Dampak program lebih luas (contoh).",
                actor=chair,
                at=at + timedelta(hours=1),
            )
        number = self.facts.edition["minutes_number"]
        word = at + timedelta(hours=2)
        confirm_decision(plenary=plenary, password=PASSWORD, minutes_number=number, actor=chair, at=word)
        countersign(plenary=plenary, password=PASSWORD, actor=secretary, at=word + timedelta(minutes=5))
        self.round.refresh_from_db()

    def _announce(self) -> None:
        """Issue what the announcement asks for, and announce."""
        at = self.facts.moment(self.facts.edition["plenary_on"], "15:00")
        told: Any = {"round": self.round, "actor": self.organiser, "at": at, "code_generator": codes(self.round.scope)}
        issue_minutes(**told)
        issue_certificates(**told)
        evening = self.facts.moment(self.facts.edition["ceremony_on"], "19:00")
        announce(round=self.round, actor=self.organiser, at=evening)
        self.round.refresh_from_db()
