"""The demo's national round: packages of provinces taken, their claims verified, the jury's interviews, its winners."""

from datetime import date, datetime
from pathlib import Path

from django.conf import settings

from judging.core.verifier_handover import Package
from judging.models import Claim, ClaimVerdict
from judging.selectors.claims import claimed_counts
from judging.services.claims import Finding, draw_claims, verify_claim
from judging.services.received_packages import receive_package, take_package
from judging.services.trusted_keys import SPOKEN, trust_key
from judging.services.zones import add_sample_zones, set_taking
from nominees.models import Edition, Round, Status, Zone
from nominees.services.screening import screen_nomination
from paritrana.accounts.models import User

from .facts import PASSWORD, Facts, facts_of_national
from .people import staff
from .rounds import Place, new_round, open_nominations
from .sittings import Sitting, nominations_of


def new_national_round(edition: Edition, admin: User, at: datetime) -> Round:
    """Create the national round of ``edition``."""
    told = facts_of_national().edition
    days = [date.fromisoformat(day) for day in told["interviews"]]
    ceremony = date.fromisoformat(told["ceremony_on"])
    place = Place(None, told["time_zone"], told["city"], (days[0], days[-1]), ceremony, told["ceremony_place"])
    return new_round(edition, place, admin, at)


def open_national(round: Round, secretariat: User, at: datetime) -> None:
    """Set up zones, categories, rules, the sample rubrics and the jury, and open nominations."""
    open_nominations(facts_of_national(), round, secretariat, at, rubrics=_divide)


def _divide(round: Round, secretariat: User, at: datetime) -> None:
    """Give the categories of governments their zones."""
    add_sample_zones(round=round, actor=secretariat, at=at)
    zones = {zone.code: zone for zone in Zone.objects.filter(round=round)}
    categories = {category.code: category for category in round.categories.all()}
    for told in facts_of_national().edition["categories"]:
        zone = zones.get(told["zone"])
        category = categories[told["code"]]
        set_taking(category=category, zone=zone, receives=told["receives"], actor=secretariat, at=at)


def play_national(round: Round, secretariat: User, admin: User) -> Round:
    """Take the packages of the other provinces, verify, meet, decide and announce the national winners."""
    facts = facts_of_national()
    people = staff(facts, [round], admin, facts.moment("2025-07-23", "09:00"))
    take_packages(facts, round, secretariat, people["nasional2"])
    verify(facts, round, secretariat)
    round.refresh_from_db()
    seats = [told["seat"] for told in facts.people["panel"]]
    sitting = Sitting(
        facts, round, secretariat, people["nasional2"], people["panitia-nasional"], chair=seats[0], secretary=seats[1]
    )
    sitting.run(facts.moment("2025-08-20", "09:00"))
    return sitting.round


def package_files() -> list[Path]:
    """Return the packages that ``bin/demo-packages`` made, by province."""
    return sorted((settings.BASE_DIR / "fixtures" / "demo" / "handover").glob("*.zip"))


def take_packages(facts: Facts, round: Round, secretariat: User, colleague: User) -> None:
    """Bring every package; a colleague accepts its key as the province reads it aloud; take its winners."""
    at = facts.moment("2025-07-28", "10:00")
    for file in package_files():
        content = file.read_bytes()
        package = receive_package(round=round, content=content, file_name=file.name, actor=secretariat, at=at)
        spoken = Package(content).signature["fingerprint"][-SPOKEN:]
        told = {"spoken": spoken, "note": facts.story["key_note"], "password": PASSWORD}
        trust_key(package=package, **told, actor=colleague, at=at)
        take_package(package=package, actor=secretariat, at=at)


def verify(facts: Facts, round: Round, secretariat: User) -> None:
    """Screen the winners and verify their claims: one count is corrected, one statement is not borne out."""
    at = facts.moment("2025-08-11", "09:00")
    for nomination in nominations_of(round):
        screen_nomination(nomination=nomination, decision=Status.RUNNING, actor=secretariat, at=at)
    draw_claims(round=round, actor=secretariat, at=at)
    claims = Claim.objects.filter(nomination__round=round).select_related("nomination__nominee__region")
    for claim in claims.order_by("nomination__number", "number"):
        verify_claim(claim=claim, finding=_finding(facts, claim), actor=secretariat, at=at)


def _finding(facts: Facts, claim: Claim) -> Finding:
    corrected, refuted, who = facts.story["corrected"], facts.story["refuted"], str(claim.nomination)
    counts = claimed_counts(claim) if who == corrected["nominee"] else None
    if counts:
        return Finding(
            ClaimVerdict.CORRECTED, corrected["basis"], count=counts.count - corrected["less"], base=counts.base
        )
    if who == refuted["nominee"] and claim.source == "text":
        return Finding(ClaimVerdict.REFUTED, refuted["basis"])
    return Finding(ClaimVerdict.CONFIRMED, facts.story["basis"])
