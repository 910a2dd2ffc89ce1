"""The next edition in scoring: one interview is over, more follow today and tomorrow, so that every role has work.

Its rubric has what the samples have not: usual marks for one criterion, and one that may be not applicable. A nominee
is scored for calibration, every seat is late with one sheet, and a practice round is open beside it.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from judging.models import RubricVersion
from judging.services.calibration import name_calibration
from judging.services.practice import open_practice
from judging.services.rounds import advance_round
from judging.services.rubrics import assign_rubric, draft_rubric_version
from judging.services.schedule_releases import release
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
from .schedule import change_twice, prepare_schedule, say_who_comes_when

NOMINEES = 6
#: The rubric of governments and villages, and what the second version of it adds.
RUBRIC = "pemerintah"
ADDED: dict[str, dict[str, Any]] = {"inovasi": {"soft_bounds": ["40", "95"]}, "rencana": {"may_be_na": True}}
#: What each kind's coverage or compliance is called in the sample rubrics.
INDICATORS = {Kind.GOVERNMENT: "cakupan", Kind.VILLAGE: "cakupan"}


def build_in_scoring(facts: Facts, admin: User, at: datetime) -> Round:
    """Build the round around the moment ``at``: scoring is open, no sheet has been started."""
    today = at.astimezone(facts.zone).date()
    days = [today + timedelta(days=offset) for offset in (-1, 0, 1)]
    told, before = facts.edition, at - timedelta(days=3)
    edition = create_edition(
        assessment_year=told["assessment_year"] + 1,
        name=f"Paritrana Award {told['assessment_year'] + 1} (contoh)",
        period_start=date(told["assessment_year"] + 1, 1, 1),
        period_end=date(told["assessment_year"] + 1, 12, 31),
        is_demo=True,
        actor=admin,
        at=before,
    )
    place = Place(told["province"], told["time_zone"], told["city"], (days[0], days[-1]))
    round = new_round(edition, place, admin, before)
    secretariat = staff(facts, [round], admin, before)["sekretariat"]
    open_nominations(facts, round, secretariat, before, rubrics=judge_by_own_rubric)
    nominations = [_nominated(facts, round, secretariat, before, number) for number in range(NOMINEES)]
    half = NOMINEES // 2
    bring_samples(nominations[: half - 1], secretariat, before)
    name_calibration(nomination=nominations[-1], actor=secretariat, at=before)
    prepare_schedule(facts, round, days, secretariat, before)
    met_on = (nominations[:1], nominations[1:half], nominations[half:])
    for day, met in zip(days, met_on, strict=True):
        plan_interviews(facts, round, met, [day.isoformat()], secretariat, before)
    say_who_comes_when(round, nominations, secretariat, before)
    release(round=round, note="Jadwal pertama (contoh)", actor=secretariat, at=before)
    advance_round(round=round, target=State.SCORING, actor=secretariat, at=before)
    round.refresh_from_db()
    change_twice(facts, round, nominations, secretariat, before)
    open_practice(round=round, actor=secretariat, at=at)
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


def judge_by_own_rubric(round: Round, secretariat: User, at: datetime) -> None:
    """Give the sample rubric a second version with :data:`ADDED`, and judge by it whoever is judged by the first."""
    first = RubricVersion.objects.get(rubric__round=round, rubric__code=RUBRIC)
    tree = json.loads(first.content)
    for node in _nodes(tree):
        node.update(ADDED.get(node["id"], {}))
    second = draft_rubric_version(
        rubric=first.rubric,
        document=tree,
        reason="Batas wajar dan kriteria yang boleh tidak berlaku (contoh)",
        actor=secretariat,
        at=at,
    )
    for category in round.categories.filter(rubric__version=first):
        assign_rubric(category=category, version=second, actor=secretariat, at=at)


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for child in node.get("children", ()):
        yield from _nodes(child)
