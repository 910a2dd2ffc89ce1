"""A small province of the demo, built alone in a database of its own, and the package that it hands over."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from judging.models import Handover
from judging.services.handover import make_handover, send_handover
from nominees.core.facts import BusinessFacts
from nominees.models import Kind, Nomination, Status
from nominees.services.indicators import enter_indicator
from nominees.services.nominations import nominate
from nominees.services.screening import screen_nomination
from paritrana.regions.models import Region

from .facts import Facts, facts_of_province
from .people import administrator, staff
from .rounds import demo_edition, new_round, open_nominations, province_of
from .sittings import Sitting

#: What each kind's coverage or compliance is called in the sample rubrics.
INDICATORS = {Kind.GOVERNMENT: "cakupan", Kind.BUSINESS: "kepatuhan"}
BUSINESS_FACTS = ("name", "legal_name", "sector", "size_class", "kbli", "nib", "bpjs_number")


def build_province(code: str, say: Callable[[str], object]) -> Handover:
    """Build the edition of the province ``code`` up to its announcement and make its package, by the services alone.

    The installation's key signs it. Everything happens on days of the past, so that each build gives the same package.
    """
    facts = facts_of_province(code)
    with transaction.atomic():
        sitting = _prepared(facts)
        for told in facts.nominees["governments"]:
            _nominated(sitting, facts, "pemda", told, told["code"])
        for told in facts.nominees["businesses"]:
            _nominated(sitting, facts, told["category"], told, told["region"])
        sitting.run(facts.moment("2025-06-18", "09:00"))
        say(f"{sitting.round}: {sitting.round.nominations.count()} nomine dinilai, hasil diumumkan")
    at = facts.moment("2025-07-22", "10:00")
    found = make_handover(round=sitting.round, actor=sitting.secretariat, at=at)
    return send_handover(handover=found, how="Surel ke sekretariat nasional (contoh)", actor=sitting.secretariat, at=at)


def _prepared(facts: Facts) -> Sitting:
    """Return the round with panel, rules and rubrics, its nominations open."""
    start = facts.moment("2025-06-02", "09:00")
    admin = administrator(facts, start)
    edition = demo_edition(facts, admin, start)
    round = new_round(edition, province_of(facts), admin, start)
    people = staff(facts, [round], admin, start)
    round = open_nominations(facts, round, people["sekretariat"], facts.moment("2025-06-05", "09:00"))
    return Sitting(facts, round, people["sekretariat"], people["sekretariat2"], people["panitia"], "sekda", "bpjs-tk")


def _nominated(sitting: Sitting, facts: Facts, category: str, told: dict[str, Any], region: str) -> Nomination:
    """Nominate and screen one, with the counts behind its coverage or compliance."""
    at, secretariat = facts.moment("2025-06-10", "09:00"), sitting.secretariat
    is_business = "nib" in told
    nomination = nominate(
        category=sitting.round.categories.get(code=category),
        region=Region.objects.get(code=region),
        business=BusinessFacts(**{name: told[name] for name in BUSINESS_FACTS}) if is_business else None,
        leader=told["leader"],
        summary=told.get("summary", ""),
        actor=secretariat,
        at=at,
    )
    count, base = ("registered", "workers") if is_business else ("participants", "employed")
    enter_indicator(
        nomination=nomination,
        criterion=INDICATORS[Kind(nomination.category.kind)],
        count=told[count],
        base=told[base],
        source="Data contoh, bukan angka resmi",
        as_of=date.fromisoformat(facts.edition["period_end"]),
        actor=secretariat,
        at=at,
    )
    return screen_nomination(
        nomination=nomination, decision=Status.RUNNING, actor=secretariat, at=at + timedelta(days=2)
    )
