"""Which conditions of a step are not met, with the facts and the page where each is mended.

One function per condition code of ``nominees.core.lifecycle.TRANSITIONS``; each asks a fixed number of queries,
whatever the size of the round. ``selectors.completeness`` holds those that look at what was entered.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from django.db.models import Count, Exists, F, OuterRef, QuerySet

from judging.core.policy import CRITERION_STEP
from judging.models import (
    Award,
    ClaimVerdict,
    DecreeText,
    Document,
    DocumentKind,
    Handover,
    Motion,
    MotionState,
    Office,
    Plenary,
    PlenaryAttendance,
    RecusalState,
    Seat,
    Seating,
)
from nominees.core.lifecycle import SIGNATURES, Transition
from nominees.models import Category, Level, Nomination, Pool, Round, Status

from . import completeness
from .awards import special_awards_in_force
from .claims import unlisted
from .panels import recusals_of
from .paper_entries import open_papers
from .papers.decree_words import GIVEN
from .reopening import open_reopenings
from .rubrics import assigned_rubrics, assigned_versions
from .rules import policy_of, rules_in_force
from .standings import open_ties, tabulation_in_force
from .unmet import Unmet

#: Tim 9: nine seats, each filled or declared vacant.
PANEL_SIZE = 9


def unmet_conditions(round: Round, step: Transition) -> list[Unmet]:
    """Return everything that keeps ``round`` from taking ``step``, in the order of the table."""
    return [unmet for code in step.conditions for unmet in CONDITIONS[code](round)]


def unmet_before_signing(round: Round, step: Transition) -> list[Unmet]:
    """Return what keeps the chair from confirming: everything but the two signatures that follow."""
    return [unmet for code in step.conditions if code not in SIGNATURES for unmet in CONDITIONS[code](round)]


def categories_present(round: Round) -> list[Unmet]:
    """Something competes. One query."""
    if Category.objects.filter(round=round).exists():
        return []
    return [Unmet("categories_present", "unmet_categories_missing", "judging:categories")]


def rules_complete(round: Round) -> list[Unmet]:
    """There are rules, with a title for every place and no criterion that is in no rubric. Four queries."""
    rules = rules_in_force(round)
    if rules is None:
        return [Unmet("rules_complete", "unmet_rules_missing", "judging:rules")]
    policy = policy_of(rules)
    found = []
    competitions: Iterable[Category | Pool] = [
        *Category.objects.filter(round=round),
        *Pool.objects.filter(round=round),
    ]
    most = max((each.places for each in competitions), default=0)
    if len(policy.labels) < most:
        facts: dict[str, object] = {"titles": len(policy.labels), "places": most}
        found.append(Unmet("rules_complete", "unmet_rules_titles_missing", "judging:rules", facts))
    rubrics = assigned_rubrics(round).values()
    for step in policy.tie_break:
        name = step.removeprefix(CRITERION_STEP)
        if name != step and rubrics and not any(name in rubric.by_id for rubric in rubrics):
            facts = {"criterion": name}
            found.append(Unmet("rules_complete", "unmet_rules_criterion_unknown", "judging:rules", facts))
    return found


def rubrics_assigned(round: Round) -> list[Unmet]:
    """Every category has a rubric, and the categories of a pool share one. Four queries."""
    versions = assigned_versions(round)
    found = [
        Unmet("rubrics_assigned", "unmet_rubric_missing", "judging:rubrics", {"category": category.name})
        for category in Category.objects.filter(round=round)
        if category.pk not in versions
    ]
    for pool in Pool.objects.filter(round=round).prefetch_related("categories"):
        hashes = {versions[one.pk].content_hash for one in pool.categories.all() if one.pk in versions}
        if len(hashes) > 1:
            found.append(Unmet("rubrics_assigned", "unmet_pool_rubrics_differ", "judging:rubrics", {"pool": pool.name}))
    return found


def seats_filled(round: Round) -> list[Unmet]:
    """Nine seats, a chair among them, each held or declared vacant. Two queries."""
    seats = list(Seat.objects.filter(round=round))
    held = set(Seating.objects.filter(round=round, ends_on=None).values_list("seat_id", flat=True))
    found = []
    if len(seats) < PANEL_SIZE:
        facts = {"seats": len(seats), "needed": PANEL_SIZE}
        found.append(Unmet("seats_filled", "unmet_seats_missing", "judging:panel", facts))
    if not any(seat.office == Office.CHAIR and seat.pk in held for seat in seats):
        found.append(Unmet("seats_filled", "unmet_chair_missing", "judging:panel"))
    found += [
        Unmet("seats_filled", "unmet_seat_empty", "judging:panel", {"seat": seat.name})
        for seat in seats
        if seat.pk not in held and not seat.vacant_reason
    ]
    return found


def nominations_present(round: Round) -> list[Unmet]:
    """Somebody is in the running. One query."""
    if Nomination.objects.filter(round=round, status=Status.RUNNING).exists():
        return []
    return [Unmet("nominations_present", "unmet_nominations_missing", "nominees:list")]


def all_screened(round: Round) -> list[Unmet]:
    """No nomination waits for screening. One query."""
    waiting = Nomination.objects.filter(round=round, status=Status.PROPOSED).select_related("nominee__region")
    return [
        Unmet("all_screened", "unmet_not_screened", "nominees:detail", {"nominee": str(one)}, {"number": one.number})
        for one in waiting
    ]


def claims_verified(round: Round) -> list[Unmet]:
    """Nothing that a province claims for its winner is left unchecked or unlisted; only in the national round.

    Two queries.
    """
    if round.level != Level.NATIONAL:
        return []
    unseen = [
        Unmet("claims_verified", "unmet_claims_unlisted", "judging:claims", {"nominee": str(one)})
        for one in unlisted(round)
    ]
    waiting = (
        Nomination.objects.filter(round=round, claims__verdict=ClaimVerdict.OPEN)
        .exclude(status__in=(Status.REJECTED, Status.WITHDRAWN))
        .annotate(open_claims=Count("claims"))
        .select_related("nominee__region")
        .order_by("number")
    )
    return unseen + [
        Unmet(
            "claims_verified",
            "unmet_claims_open",
            "judging:claims_of",
            {"nominee": str(one), "count": one.open_claims},
            {"number": one.number},
        )
        for one in waiting
    ]


def recusals_confirmed(round: Round) -> list[Unmet]:
    """No recusal waits for the secretary. One query."""
    return [
        Unmet(
            "recusals_confirmed",
            "unmet_recusal_waiting",
            "judging:recusals",
            {"seat": recusal.seat.name, "nominee": str(recusal.nomination)},
        )
        for recusal in recusals_of(round).filter(state=RecusalState.DECLARED, nomination__is_calibration=False)
    ]


def reopenings_settled(round: Round) -> list[Unmet]:
    """No request to reopen a submitted sheet waits for an answer. One query."""
    return [
        Unmet(
            "reopenings_settled",
            "unmet_reopening_waiting",
            "judging:reopenings",
            {"seat": one.sheet.seat.name, "nominee": str(one.sheet.nomination)},
        )
        for one in open_reopenings(round).filter(sheet__nomination__is_calibration=False)
    ]


def papers_settled(round: Round) -> list[Unmet]:
    """Every paper sheet that was typed in is submitted or discarded. One query."""
    return [
        Unmet(
            "papers_settled",
            "unmet_paper_open",
            "judging:paper_entries",
            {"seat": paper.seat.name, "nominee": str(paper.nomination)},
        )
        for paper in open_papers(round)
    ]


def attendance_recorded(round: Round) -> list[Unmet]:
    """The plenary says of every seat whether it was there. Three queries."""
    tabulation = tabulation_in_force(round)
    if tabulation is None or not hasattr(tabulation, "plenary"):
        return [Unmet("attendance_recorded", "unmet_plenary_missing", "judging:plenary")]
    told = PlenaryAttendance.objects.filter(plenary=tabulation.plenary).values("seat")
    return [
        Unmet("attendance_recorded", "unmet_attendance_missing", "judging:plenary", {"seat": seat.name})
        for seat in Seat.objects.filter(round=round).exclude(pk__in=told)
    ]


def motions_closed(round: Round) -> list[Unmet]:
    """No vote is open. One query."""
    running = Motion.objects.filter(
        plenary__tabulation__round=round, plenary__tabulation__superseded_at=None, state=MotionState.OPEN
    )
    return [
        Unmet("motions_closed", "unmet_motion_open", "judging:plenary", {"number": motion.number}) for motion in running
    ]


def ties_settled(round: Round) -> list[Unmet]:
    """No tie on which a title depends is left to the plenary."""
    tabulation = tabulation_in_force(round)
    if tabulation is None:
        return [Unmet("ties_settled", "unmet_plenary_missing", "judging:plenary")]
    return [
        Unmet(
            "ties_settled",
            "unmet_tie_open",
            "judging:plenary",
            {
                "subject": str(tie.category or tie.pool),
                "place": tie.place,
                "nominees": ", ".join(str(one) for one in tie.nominations),
            },
        )
        for tie in open_ties(tabulation)
    ]


def chair_confirmed(round: Round) -> list[Unmet]:
    """The chair confirmed the result as it stands, by password. One query."""
    if _plenary(round).exclude(confirmed_at=None).exists():
        return []
    return [Unmet("chair_confirmed", "unmet_chair_word_missing", "judging:plenary")]


def countersigned(round: Round) -> list[Unmet]:
    """A second officer countersigned what the chair confirmed, by password. One query."""
    if _plenary(round).exclude(countersigned_at=None).exists():
        return []
    return [Unmet("countersigned", "unmet_countersign_missing", "judging:plenary")]


def _plenary(round: Round) -> QuerySet[Plenary]:
    return Plenary.objects.filter(tabulation__round=round, tabulation__superseded_at=None)


def minutes_issued(round: Round) -> list[Unmet]:
    """The minutes of the decision are out, and the decree where the secretariat wrote one. Three queries."""
    standing = Document.objects.filter(round=round, revoked_at=None, tabulation=tabulation_in_force(round))
    issued = set(standing.filter(kind__in=(DocumentKind.MINUTES, DocumentKind.DECREE)).values_list("kind", flat=True))
    found = []
    if DocumentKind.MINUTES not in issued:
        found.append(Unmet("minutes_issued", "unmet_minutes_missing", "judging:documents"))
    decree = (
        None if DocumentKind.DECREE in issued else DecreeText.objects.filter(round=round).values_list(*GIVEN).first()
    )
    if decree:
        why, where = ("missing", "documents") if all(decree) else ("incomplete", "decree")
        found.append(Unmet("minutes_issued", f"unmet_decree_{why}", f"judging:{where}"))
    return found


def certificates_issued(round: Round) -> list[Unmet]:
    """Every award has its certificate, those outside the ranking too. Two queries."""
    standing = Document.objects.filter(round=round, revoked_at=None)
    issued = standing.filter(kind=DocumentKind.CERTIFICATE).exclude(award=None)
    special = standing.filter(kind=DocumentKind.SPECIAL_CERTIFICATE).exclude(special_award=None)
    winners = [
        Unmet(
            "certificates_issued",
            "unmet_certificate_missing",
            "judging:documents",
            {"title": award.title, "nominee": str(award.nomination)},
        )
        for award in _awards(round).exclude(pk__in=issued.values("award"))
    ]
    return winners + [
        Unmet(
            "certificates_issued",
            "unmet_certificate_missing",
            "judging:documents",
            {"title": one.title, "nominee": one.recipient},
        )
        for one in special_awards_in_force(round).exclude(pk__in=special.values("special_award"))
    ]


def winners_forwarded(round: Round) -> list[Unmet]:
    """Whoever is within a category's quota went on, here or by a package that was sent; one query.

    The national round forwards nobody.
    """
    if round.level == Level.NATIONAL:
        return []
    return [
        Unmet(
            "winners_forwarded",
            "unmet_winner_not_forwarded",
            "judging:forwarding",
            {"nominee": str(award.nomination), "category": str(award.category)},
        )
        for award in _awards(round).filter(
            ~Exists(Handover.objects.filter(tabulation=OuterRef("tabulation"), sent_at__isnull=False)),
            category__isnull=False,
            place__lte=F("category__forward_quota"),
            forwarding=None,
        )
    ]


def _awards(round: Round) -> QuerySet[Award]:
    awards = Award.objects.filter(round=round, superseded_at=None)
    return awards.select_related("category", "nomination__nominee__region")


CONDITIONS: Mapping[str, Callable[[Round], list[Unmet]]] = MappingProxyType(
    {
        "categories_present": categories_present,
        "rules_complete": rules_complete,
        "rubrics_assigned": rubrics_assigned,
        "seats_filled": seats_filled,
        "nominations_present": nominations_present,
        "all_screened": all_screened,
        "claims_verified": claims_verified,
        "recusals_confirmed": recusals_confirmed,
        "reopenings_settled": reopenings_settled,
        "no_open_drafts": completeness.no_open_drafts,
        "papers_settled": papers_settled,
        "secretariat_scores_confirmed": completeness.secretariat_scores_confirmed,
        "indicators_complete": completeness.indicators_complete,
        "quorum_reached": completeness.quorum_reached,
        "attendance_recorded": attendance_recorded,
        "motions_closed": motions_closed,
        "ties_settled": ties_settled,
        "chair_confirmed": chair_confirmed,
        "countersigned": countersigned,
        "minutes_issued": minutes_issued,
        "certificates_issued": certificates_issued,
        "winners_forwarded": winners_forwarded,
    }
)
