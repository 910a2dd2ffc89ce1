"""The package of a frozen run, made of what is stored and of what the plenary decided."""

import json
from collections.abc import Iterable
from datetime import datetime

from django.utils.crypto import salted_hmac

from judging.core import runs
from judging.models import Decision, DecisionKind, Seat, Tabulation
from nominees.models import Round
from paritrana.audit.selectors import head_of

from .papers.common import DEMO_MARK, edition_title, recipient
from .standings import PartStandings, final_standings
from .tabulations import key_of

SALT = "judging.selectors.packages"


def package_of(tabulation: Tabulation, *, pseudonymised: bool = False) -> str:
    """Return the text of the package of ``tabulation``; the number of queries does not depend on what it holds.

    With ``pseudonymised`` the seats are called ``unsur-1`` and so on, in an order that only the installation's secret
    key gives away, the same each time. No person is named in either; the reasons of decisions are told as recorded.
    """
    document = runs.document(_run(tabulation))
    if pseudonymised:
        salt = salted_hmac(SALT, f"{tabulation.round.scope} {tabulation.number}", algorithm="sha256").digest()
        document = runs.pseudonymised(document, salt)
    return runs.sealed(document)


def package_name(tabulation: Tabulation, *, pseudonymised: bool = False) -> str:
    """Return the name of the file: ``paket-2024-53-1.json``. No query."""
    kind = "paket-samaran" if pseudonymised else "paket"
    return f"{kind}-{tabulation.round.scope.replace('/', '-')}-{tabulation.number}.json"


def _run(tabulation: Tabulation) -> runs.Run:
    round, rules = tabulation.round, tabulation.rules
    plenary = getattr(tabulation, "plenary", None)
    decided = plenary if plenary and plenary.countersigned_at else None
    found = final_standings(tabulation)
    seats = dict(Seat.objects.filter(round=round).values_list("code", "name"))
    exceptions = _exceptions(round)
    live = [part.subject.code for part in found.parts if part.part is None]
    return runs.Run(
        scope=round.scope,
        title=edition_title(round),
        zone=round.time_zone,
        is_demo=round.edition.is_demo,
        number=tabulation.number,
        engine=tabulation.engine_version,
        software=tabulation.software_version,
        frozen_at=_moment(tabulation.frozen_at, round),
        confirmed_at=_moment(decided.confirmed_at, round) if decided else "",
        minutes_number=decided.minutes_number if decided else "",
        rules_number=rules.number,
        rules=json.loads(rules.content),
        rules_sha256=rules.content_hash,
        head=head_of(round.scope),
        parts=[_part(part, seats, exceptions, round) for part in found.parts if part.part],
        pending=sorted([*live, *(waiting.pool.code for waiting in found.pending)]),
        notices=(DEMO_MARK,) if round.edition.is_demo else (),
    )


def _moment(value: datetime | None, round: Round) -> str:
    return value.astimezone(round.zone).isoformat() if value else ""


def _exceptions(round: Round) -> list[Decision]:
    """The recorded exceptions from the quorum. Two queries."""
    found = Decision.objects.filter(round=round, kind=DecisionKind.QUORUM, withdrawn_at=None)
    return list(found.prefetch_related("nominations").order_by("decided_at", "pk"))


def _part(part: PartStandings, seats: dict[str, str], exceptions: Iterable[Decision], round: Round) -> runs.Part:
    stored = part.part
    assert stored is not None  # noqa: S101 - only frozen parts are packed
    keys = {line.nomination.pk: key_of(line.nomination) for line in part.lines}
    told = [
        _motion(row, [keys[member.pk]], round)
        for row in exceptions
        for member in row.nominations.all()
        if keys.get(member.pk) in part.problem.exceptions
    ]
    return runs.Part(
        kind="category" if part.category else "pool",
        code=part.subject.code,
        name=part.name,
        input=json.loads(stored.input),
        input_sha256=stored.input_hash,
        answer=json.loads(stored.answer),
        answer_sha256=stored.answer_hash,
        motions=[*told, *(_motion(row, [keys[pk] for pk in row.order], round) for row in part.decisions)],
        lines=[
            runs.Line(key_of(line.nomination), line.place, line.title, line.score, line.unranked_reason)
            for line in part.lines
        ],
        nominees={key_of(line.nomination): recipient(line.nomination) for line in part.lines},
        seats={code: seats[code] for code in part.problem.judges},
    )


def _motion(row: Decision, order: list[str], round: Round) -> runs.Motion:
    return runs.Motion(
        kind=row.kind,
        order=tuple(order),
        votes_for=row.votes_for,
        votes_against=row.votes_against,
        abstentions=row.abstentions,
        reason=row.reason,
        decided_at=_moment(row.decided_at, round),
    )
