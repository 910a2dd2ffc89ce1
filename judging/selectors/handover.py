"""What goes into a province's hand-over package, and the packages that were made."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.db.models import Max, QuerySet
from django.template.loader import render_to_string

from judging.core import handover, verifier, verifier_handover
from judging.core.handover import Contents, Facts
from judging.core.reading import Json
from judging.models import Award, Document, DocumentKind, Handover, SignedFile, StateChange, Tabulation
from judging.selectors.awards import awards_within_quota
from nominees.core.lifecycle import State
from nominees.models import BusinessProfile, Category, Evidence, Nomination, Round
from paritrana import __version__
from paritrana.audit.selectors import exported
from paritrana.kernel.errors import DomainError

from .documents import stored_bytes
from .packages import package_of
from .papers.common import edition_title, recipient
from .tabulations import key_of

#: What the package lists by hash: what says on paper who won.
CERTIFICATES: Final = (DocumentKind.CERTIFICATE, DocumentKind.SPECIAL_CERTIFICATE)


class HandoverDamaged(DomainError):
    """The stored package is not there, or is not what was made; facts ``number``."""

    code = "handover_damaged"


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that a package is built of. ``head`` of the log: as it was while this was read."""

    facts: Facts
    contents: Contents

    @property
    def head(self) -> tuple[int, str]:
        """Number and hash of the last event that the package holds."""
        return self.facts.head


def minutes_in_force(round: Round, tabulation: Tabulation) -> Document | None:
    """Return the minutes of the decision that stand. One query."""
    found = Document.objects.filter(
        round=round, kind=DocumentKind.MINUTES, tabulation=tabulation, revoked_at=None, correction=None
    )
    return found.order_by("serial").last()


def material_of(tabulation: Tabulation, minutes: Document, *, number: int, made_by: str, at: datetime) -> Material:
    """Return what the package ``number`` of the round holds. Raises ``DocumentDamaged``.

    Contact persons, telephone numbers and addresses of nominees stay here. What goes and why: the package's own
    ``BACA-SAYA.txt``.
    """
    round = tabulation.round
    run = package_of(tabulation)
    told = json.loads(run)
    awards = list(
        awards_within_quota(round)
        .select_related("nomination__nominee__business")
        .prefetch_related("nomination__indicators")
    )
    events = list(exported(round.scope))
    facts = Facts(
        year=round.edition.assessment_year,
        edition=round.edition.name,
        is_demo=round.edition.is_demo,
        province=round.place_code,
        province_name=round.place_name,
        state=round.state,
        title=edition_title(round),
        zone=round.time_zone,
        number=number,
        made_at=at.astimezone(round.zone).isoformat(timespec="seconds"),
        made_by=made_by,
        software=__version__,
        tabulation=tabulation.number,
        run_sha256=told["sha256"],
        minutes_number=minutes.number,
        minutes_sha256=minutes.sha256,
        head=(told["audit_head"]["number"], told["audit_head"]["hash"]),
    )
    contents = Contents(
        run=run,
        winners={
            "format": handover.WINNERS,
            "scope": round.scope,
            "categories": [_category(one) for one in Category.objects.filter(round=round)],
            "winners": [_winner(award) for award in awards],
        },
        certificates=_certificates(round),
        evidence=_evidence([award.nomination for award in awards]),
        events=events,
        minutes=stored_bytes(minutes),
        programs=programs(),
        readme=_readme(round, facts),
    )
    return Material(facts, contents)


def programs() -> dict[str, bytes]:
    """Return the stand-alone verifiers by file name."""
    files = [Path(str(one.__file__)) for one in (verifier, verifier_handover)]
    return {file.name: file.read_bytes() for file in files}


def handovers_of(round: Round) -> QuerySet[Handover]:
    """Return the packages that the round made, newest first. One query."""
    return Handover.objects.filter(round=round).select_related("made_by", "sent_by", "tabulation").order_by("-number")


def last_decided_at(round_id: int) -> datetime | None:
    """Return when the round's result was decided last; a package made before holds another one. One query."""
    steps = StateChange.objects.filter(round=round_id, source=State.PLENARY, target=State.DECIDED)
    found: datetime | None = steps.aggregate(last=Max("requested_at"))["last"]
    return found


def is_outdated(found: Handover) -> bool:
    """Whether the result was decided anew after the package was made. One query."""
    decided = last_decided_at(found.round_id)
    return decided is not None and decided > found.made_at


def handover_bytes(found: Handover) -> bytes:
    """Return the package as it was made. Raises :class:`HandoverDamaged`."""
    try:
        with found.file.open("rb") as file:
            content = bytes(file.read())
    except OSError:
        raise HandoverDamaged(number=found.number) from None
    if hashlib.sha256(content).hexdigest() != found.sha256:
        raise HandoverDamaged(number=found.number)
    return content


def handover_name(found: Handover) -> str:
    """Return the name of the file: ``usulan-2024-53-1.zip``."""
    return f"usulan-{found.round.scope.replace('/', '-')}-{found.number}.zip"


def _category(category: Category) -> dict[str, Json]:
    return {
        "code": category.code,
        "name": category.name,
        "kind": category.kind,
        "sector": category.sector,
        "sizes": list(category.sizes),
        "forward_quota": category.forward_quota,
    }


def _winner(award: Award) -> dict[str, Json]:
    nomination, category = award.nomination, award.category
    assert category is not None  # noqa: S101 - only categories have a quota
    nominee = nomination.nominee
    return {
        "category": category.code,
        "number": key_of(nomination),
        "recipient": recipient(nomination),
        "place": str(award.place),
        "title": award.title,
        "score": award.standing.score,
        "nominee": {
            "kind": nominee.kind,
            "name": nominee.name,
            "region": {"code": nominee.region.code, "name": nominee.region.full_name},
            "business": _business(getattr(nominee, "business", None)),
        },
        "leader": nomination.leader,
        "summary": nomination.summary,
        "indicators": [
            {
                "criterion": one.criterion,
                "count": one.count,
                "base": one.base,
                "source": one.source,
                "as_of": one.as_of.isoformat(),
            }
            for one in nomination.indicators.all()
        ],
    }


def _business(profile: BusinessProfile | None) -> dict[str, Json] | None:
    if profile is None:
        return None
    names = ("legal_name", "sector", "size_class", "kbli", "nib", "bpjs_number")
    return {name: getattr(profile, name) for name in names}


def _certificates(round: Round) -> list[dict[str, Json]]:
    """Every certificate of an award that was issued and not revoked, by kind and number. Two queries.

    Check codes stay here: whoever has one can look a paper up.
    """
    rows = Document.objects.filter(round=round, kind__in=CERTIFICATES, revoked_at=None).order_by("kind", "serial")
    signed = dict(SignedFile.objects.filter(document__in=rows, superseded_at=None).values_list("document_id", "sha256"))
    return [
        {
            "kind": row.kind,
            "number": row.number,
            "title": row.title,
            "sha256": row.sha256,
            "signed_sha256": signed.get(row.pk, ""),
        }
        for row in rows
    ]


def _evidence(nominations: Sequence[Nomination]) -> list[dict[str, Json]]:
    """The evidence of winners, without the files; the SHA-256 of a link is that of its address. One query."""
    numbers = {nomination.pk: key_of(nomination) for nomination in nominations}
    rows: Iterable[Any] = Evidence.objects.filter(nomination__in=numbers, withdrawn_at=None).order_by(
        "nomination__number", "pk"
    )
    return [
        {
            "number": numbers[row.nomination_id],
            "title": row.title,
            "kind": row.kind,
            "criterion": row.criterion,
            "sha256": row.sha256 or hashlib.sha256(row.address.encode()).hexdigest(),
            "size": row.size,
            "media_type": row.media_type,
        }
        for row in rows
    ]


def _readme(round: Round, facts: Facts) -> str:
    return render_to_string("documents/handover_readme.txt", {"round": round, "facts": facts})
