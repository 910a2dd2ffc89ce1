"""What provinces claim for their winners in the national round, where it stands, and how far its verification is."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from judging.core.verifier_handover import Package
from judging.models import Claim, ClaimVerdict, ReceivedWinner, SecretariatEntry
from nominees.models import Evidence, Nomination, Round, Status

from .evidence import criteria_of
from .received_packages import PackageDamaged, package_bytes

#: Sources: counts behind a criterion, a score on paper, what the proposal tells in words, what was added by hand.
INDICATOR: Final = "indicator:"
SCORE: Final = "score:"
TEXT: Final = "text"
OWN: Final = "own"
CLAIMED_LENGTH: Final = 300


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts as a province tells them."""

    count: int
    base: int
    source: str
    as_of: date

    def __str__(self) -> str:
        return counted(self.count, self.base)


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that came with a winner; ``counts`` where it is a count."""

    source: str
    label: str
    claimed: str
    counts: Counts | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """A nominee of the national round with its claims counted."""

    nomination: Nomination
    total: int
    open: int


def counted(count: int, base: int) -> str:
    """Return counts as they stand in a claim: ``97.568 dari 184.000``."""
    return f"{count:,} dari {base:,}".replace(",", ".")


def statements_of(nomination: Nomination) -> list[Statement]:
    """Return what came with a winner: from its package, or on one site from its provincial nomination.

    At most seven queries; a package is read from its file. Raises ``PackageDamaged``.
    """
    winner = _winner(nomination)
    counts, summary = _told(nomination, winner)
    scores, own_titles = _scores(nomination, winner)
    titles = {**criteria_of(nomination), **own_titles}
    found = [
        Statement(f"{INDICATOR}{criterion}", titles.get(criterion, criterion)[:200], str(one), one)
        for criterion, one in counts.items()
    ]
    found += [
        Statement(f"{SCORE}{criterion}", titles.get(criterion, criterion)[:200], value)
        for criterion, value in scores.items()
    ]
    if summary.strip():
        found.append(Statement(TEXT, "Ringkasan usulan", summary.strip()[:CLAIMED_LENGTH]))
    return found


def _winner(nomination: Nomination) -> ReceivedWinner | None:
    """Return the entry of ``nomination`` in the package in force, if it came by one. One query."""
    rows = ReceivedWinner.objects.filter(nomination=nomination, package__accepted=True, package__replaced_at=None)
    return rows.select_related("package").order_by("pk").last()


def _told(nomination: Nomination, winner: ReceivedWinner | None) -> tuple[dict[str, Counts], str]:
    """Return the counts by criterion and the summary that came with a winner."""
    if winner:
        facts: dict[str, Any] = json.loads(winner.facts)
        told = {
            one["criterion"]: Counts(one["count"], one["base"], one["source"], date.fromisoformat(one["as_of"]))
            for one in facts["indicators"]
        }
        return told, facts["summary"]
    source = nomination.forwarded_from
    if source is None:
        return {}, ""
    told = {one.criterion: Counts(one.count, one.base, one.source, one.as_of) for one in source.indicators.all()}
    return told, source.summary


def _scores(nomination: Nomination, winner: ReceivedWinner | None) -> tuple[dict[str, str], dict[str, str]]:
    """Return the secretariat's scores by criterion as they are written, and the titles of the province's criteria.

    A package has both in the input of its run.
    """
    if winner:
        return _scores_in(winner)
    source = nomination.forwarded_from
    if source is None:
        return {}, {}
    entries = SecretariatEntry.objects.filter(nomination=source, turn=1).order_by("criterion")
    rows = entries.values_list("criterion", "value")
    return {criterion: _as_written(str(value)) for criterion, value in rows}, dict(criteria_of(source))


def _scores_in(winner: ReceivedWinner) -> tuple[dict[str, str], dict[str, str]]:
    parts = Package(package_bytes(winner.package)).run["parts"]
    part = next(one for one in parts if (one["kind"], one["code"]) == ("category", winner.category_code))
    leaves = list(_leaves(part["input"]["tree"]))
    values = part["input"]["values"].get(json.loads(winner.facts)["number"], {})
    scores = {
        leaf["id"]: _as_written(values[leaf["id"]])
        for leaf in leaves
        if leaf.get("kind") == "fixed" and leaf["id"] in values
    }
    return dict(sorted(scores.items())), {leaf["id"]: leaf.get("title") or leaf["id"] for leaf in leaves}


def _leaves(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The leaves of a tree in the open format."""
    if "children" not in node:
        yield node
    for child in node.get("children", ()):
        yield from _leaves(child)


def _as_written(value: str) -> str:
    return value.replace(".", ",")


def claims_of(nomination: Nomination) -> QuerySet[Claim]:
    """Return the claims of a nomination in their order. One query."""
    return Claim.objects.filter(nomination=nomination).select_related("checked_by").order_by("number")


def claimed_counts(claim: Claim) -> Counts | None:
    """Return the counts that the province told where ``claim`` is about counts."""
    if not claim.source.startswith(INDICATOR):
        return None
    told, _summary = _told(claim.nomination, _winner(claim.nomination))
    return told.get(claim.source.removeprefix(INDICATOR))


def progress_of(round: Round) -> list[Progress]:
    """Return every nominee that is not out, with its claims counted. One query."""
    rows = (
        Nomination.objects.filter(round=round)
        .exclude(status__in=(Status.REJECTED, Status.WITHDRAWN))
        .select_related("nominee__region", "category")
        .annotate(total=Count("claims"), left=Count("claims", filter=Q(claims__verdict=ClaimVerdict.OPEN)))
        .order_by("number")
    )
    return [Progress(one, one.total, one.left) for one in rows]


def unlisted(round: Round) -> list[Nomination]:
    """Return winners with whom something came that was never listed as claims. Two queries, and some for each found.

    They were received before claims were listed by themselves. Who came with nothing that could be verified is left
    out; who came by a package that cannot be read is not.
    """
    rows = Nomination.objects.filter(round=round).exclude(status__in=(Status.REJECTED, Status.WITHDRAWN))
    rows = rows.exclude(Exists(Claim.objects.filter(nomination=OuterRef("pk")).exclude(source=OWN)))
    in_force = ReceivedWinner.objects.filter(package__accepted=True, package__replaced_at=None)
    scores = SecretariatEntry.objects.filter(nomination=OuterRef("forwarded_from"), turn=1)
    here = Q(forwarded_from__isnull=False) & (
        ~Q(forwarded_from__summary="") | Q(forwarded_from__indicators__isnull=False) | Exists(scores)
    )
    by_package = Exists(in_force.filter(nomination=OuterRef("pk")))
    found = rows.filter(here | by_package).distinct().annotate(by_package=by_package)
    found = found.select_related("nominee__region", "category", "forwarded_from").order_by("number")
    return [one for one in found if not one.by_package or _tells(one)]


def _tells(nomination: Nomination) -> bool:
    try:
        return bool(statements_of(nomination))
    except PackageDamaged:
        return True


def evidence_told(nomination: Nomination) -> list[dict[str, str]]:
    """Return what evidence the province lists for a winner: title, kind and SHA-256, as it told. At most four queries.

    On one site the files themselves lie with the provincial nomination.
    """
    winner = _winner(nomination)
    if winner:
        number = json.loads(winner.facts)["number"]
        return [
            {"title": one["title"], "kind": one["kind"], "sha256": one["sha256"]}
            for one in _package_evidence(winner)
            if one["number"] == number
        ]
    rows = Evidence.objects.filter(nomination=nomination.forwarded_from, withdrawn_at=None).order_by("pk")
    if nomination.forwarded_from is None:
        return []
    return [{"title": one.title, "kind": one.kind, "sha256": one.sha256} for one in rows]


def _package_evidence(winner: ReceivedWinner) -> list[dict[str, Any]]:
    try:
        told = json.loads(Package(package_bytes(winner.package)).files["evidence.json"])
    except (PackageDamaged, ValueError, KeyError):
        return []
    rows: list[dict[str, Any]] = told
    return rows
