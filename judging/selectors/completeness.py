"""What is still missing before the sheets of a round can be closed. Tells who and what, never a score."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import Exists, OuterRef

from judging.core.criteria import FIXED, INDICATOR
from judging.core.numbers import typed
from judging.core.quorum import shortfalls
from judging.models import Attendance, Interview, Presence, SecretariatEntry, Sheet, SheetState
from nominees.models import SCORED, CountedIndicator, Nomination, Round, Status

from .panels import blocking_recusals
from .rubrics import assigned_rubrics
from .tabulations import CategoryWithoutRubric, RubricVersionsMixed, RulesMissing, key_of, problems_of
from .unmet import Unmet


def no_open_drafts(round: Round) -> list[Unmet]:
    """Every sheet that was begun is submitted, but for seats that cannot submit it. Two queries.

    These are recused, were absent, are not placed at the interview, or are held by nobody and declared vacant.
    """
    recused = blocking_recusals(round)
    interviews = Interview.objects.filter(nomination=OuterRef("nomination"))
    placed = Attendance.objects.filter(seat=OuterRef("seat"), interview__nomination=OuterRef("nomination"))
    drafts = Sheet.objects.filter(
        ~Exists(interviews) | Exists(placed.exclude(presence=Presence.ABSENT)),
        round=round,
        seat__vacant_reason="",
        state=SheetState.DRAFT,
        nomination__status__in=SCORED,
        nomination__is_calibration=False,
    )
    return [
        Unmet(
            "no_open_drafts",
            "unmet_draft_open",
            "judging:progress",
            {"seat": sheet.seat.name, "nominee": str(sheet.nomination)},
        )
        for sheet in drafts.select_related("seat", "nomination__nominee__region")
        if (sheet.seat_id, sheet.nomination_id) not in recused
    ]


def secretariat_scores_confirmed(round: Round) -> list[Unmet]:
    """Two people entered the same administrative score, for everybody in the running. Three queries."""
    values: dict[tuple[int, str], list[str]] = defaultdict(list)
    for entry in SecretariatEntry.objects.filter(nomination__round=round):
        values[entry.nomination_id, entry.criterion].append(entry.value)
    return [
        Unmet(
            "secretariat_scores_confirmed",
            "unmet_secretariat_score_open",
            "judging:secretariat_scores",
            {"nominee": str(nomination), "criterion": title},
        )
        for nomination, criterion, title in _leaves(round, FIXED)
        if not _agree(values[nomination.pk, criterion])
    ]


def indicators_complete(round: Round) -> list[Unmet]:
    """Both counts of every indicator are there, for everybody in the running. Three queries."""
    present = set(CountedIndicator.objects.filter(nomination__round=round).values_list("nomination_id", "criterion"))
    return [
        Unmet(
            "indicators_complete",
            "unmet_indicator_missing",
            "nominees:indicators",
            {"nominee": str(nomination), "criterion": title},
            {"number": nomination.number},
        )
        for nomination, criterion, title in _leaves(round, INDICATOR)
        if (nomination.pk, criterion) not in present
    ]


def quorum_reached(round: Round) -> list[Unmet]:
    """Everybody in the running has enough marks on each panel criterion, or a recorded exception.

    Counted by the core on the same problems as the tabulation, so that the two cannot disagree.
    """
    try:
        problems = problems_of(round)
    except (RulesMissing, CategoryWithoutRubric, RubricVersionsMixed) as refusal:
        return [Unmet("quorum_reached", refusal.code, "judging:rules", refusal.facts)]
    nominations = {key_of(one): one for one in _running(round)}
    return [
        Unmet(
            "quorum_reached",
            "unmet_quorum_short",
            "judging:progress",
            {"nominee": str(nominations[short.nominee]), "have": short.have, "needed": short.need},
        )
        for _category, _version, problem in problems
        for short in shortfalls(problem)
    ]


def _running(round: Round) -> Iterable[Nomination]:
    return Nomination.objects.filter(round=round, status=Status.RUNNING).select_related("nominee__region")


def _leaves(round: Round, kind: str) -> Iterator[tuple[Nomination, str, str]]:
    """Everybody in the running with each of their rubric's leaves of ``kind``: nomination, criterion, title."""
    rubrics = assigned_rubrics(round)
    for nomination in _running(round):
        rubric = rubrics.get(nomination.category_id)
        for leaf in rubric.leaves if rubric else ():
            if leaf.kind == kind:
                yield nomination, leaf.id, leaf.title or leaf.id


def _agree(values: list[str]) -> bool:
    """Whether there are two entries of the same number (``80`` and ``80.0`` are one)."""
    return len(values) == 2 and typed(values[0]) == typed(values[1])
