"""A practice round: the next edition with interviews today and tomorrow, so that every role finds something to do."""

from datetime import date, datetime, timedelta

from judging.services.rounds import advance_round
from nominees.core.lifecycle import State
from nominees.models import Kind, Nomination, Round, Status
from nominees.services.indicators import enter_indicator
from nominees.services.nominations import nominate
from nominees.services.rounds import create_edition
from nominees.services.screening import screen_nomination
from paritrana.accounts.models import User
from paritrana.regions.models import Region

from .evidence import bring_samples
from .facts import Facts
from .interviews import plan_interviews
from .people import staff
from .rounds import Place, new_round, open_nominations
from .schedule import prepare_schedule, say_who_comes_when

NOMINEES = 6
#: What each kind's coverage or compliance is called in the sample rubrics.
INDICATORS = {Kind.GOVERNMENT: "cakupan", Kind.VILLAGE: "cakupan"}


def build_practice(facts: Facts, admin: User, at: datetime) -> Round:
    """Build the practice round around the moment ``at``: scoring is open, no sheet has been started."""
    today = at.astimezone(facts.zone).date()
    told, before = facts.edition, at - timedelta(days=2)
    edition = create_edition(
        assessment_year=told["assessment_year"] + 1,
        name=f"Paritrana Award {told['assessment_year'] + 1} (latihan)",
        period_start=date(told["assessment_year"] + 1, 1, 1),
        period_end=date(told["assessment_year"] + 1, 12, 31),
        is_demo=True,
        actor=admin,
        at=before,
    )
    place = Place(told["province"], told["time_zone"], told["city"], (today, today + timedelta(days=1)))
    round = new_round(edition, place, admin, before)
    secretariat = staff(facts, [round], admin, before)["sekretariat"]
    open_nominations(facts, round, secretariat, before)
    nominations = [_nominated(facts, round, secretariat, before, number) for number in range(NOMINEES)]
    half = NOMINEES // 2
    bring_samples(nominations[: half - 1], secretariat, before)
    prepare_schedule(facts, round, [today, today + timedelta(days=1)], secretariat, before)
    for day, met in ((today, nominations[:half]), (today + timedelta(days=1), nominations[half:])):
        plan_interviews(facts, round, met, [day.isoformat()], secretariat, before)
    say_who_comes_when(round, nominations, secretariat, before)
    advance_round(round=round, target=State.SCORING, actor=secretariat, at=before)
    round.refresh_from_db()
    return round


def _nominated(facts: Facts, round: Round, secretariat: User, at: datetime, number: int) -> Nomination:
    """Nominate and screen a government or, in the second half, a village."""
    is_village = number >= NOMINEES // 2
    told = facts.nominees["villages" if is_village else "governments"][number]
    nomination = nominate(
        category=round.categories.get(code="desa" if is_village else "pemda"),
        region=Region.objects.get(code=told["code"]),
        leader=told["leader"],
        actor=secretariat,
        at=at,
    )
    enter_indicator(
        nomination=nomination,
        criterion=INDICATORS[Kind(nomination.category.kind)],
        count=told["participants"],
        base=told["employed"],
        source="Data contoh, bukan angka resmi",
        as_of=date(round.edition.assessment_year, 12, 31),
        actor=secretariat,
        at=at,
    )
    return screen_nomination(nomination=nomination, decision=Status.RUNNING, actor=secretariat, at=at)
