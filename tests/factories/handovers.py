"""A province that decided and issued its papers, its package, and a national round elsewhere that knows none of it.

Both live in one database here: the national round belongs to an edition of its own whose year is written into the
package's round afterwards, so that nothing of the province's own round is found from there.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from judging.models import Handover, ReceivedPackage
from judging.selectors.handover import handover_bytes
from judging.services.documents import issue_certificates, issue_minutes
from judging.services.handover import make_handover
from judging.services.received_packages import receive_package
from judging.services.trusted_keys import SPOKEN, trust_key
from nominees.core.lifecycle import State
from nominees.models import Round
from paritrana.accounts.models import Role, User
from paritrana.kernel.seal import make_key
from tests.factories.awards import quick_papers
from tests.factories.decided import make_decided
from tests.factories.scored import Scored, make_scored_round
from tests.factories.world import AT, PASSWORD, make_category, make_round, make_user


@dataclass(frozen=True)
class Province:
    """A decided provincial round with minutes and certificates, and who acts in it."""

    scored: Scored
    round: Round
    secretary: User

    def hand_over(self, **changes: Any) -> Handover:
        """Make the next package."""
        return make_handover(round=self.round, actor=self.secretary, **({"at": AT} | changes))


def use_key(settings: Any, folder: Path, name: str = "kunci.pem") -> None:
    """Sign with a new key in ``folder``."""
    settings.HANDOVER_KEY = str(folder / name)
    make_key(folder / name)


def make_province(monkeypatch: pytest.MonkeyPatch, *, region_code: str = "53") -> Province:
    """Return a province that announced; its papers are a few bytes each."""
    quick_papers(monkeypatch)
    scored = make_scored_round(region_code=region_code)
    make_decided(scored)
    round = Round.objects.select_related("edition", "region").get(pk=scored.round.pk)
    issue_minutes(round=round, actor=scored.secretary, at=AT)
    issue_certificates(round=round, actor=scored.secretary, at=AT)
    Round.objects.filter(pk=round.pk).update(state=State.ANNOUNCED)
    round.refresh_from_db()
    return Province(scored, round, scored.secretary)


def make_national(*codes: str, state: State = State.NOMINATION) -> tuple[Round, User]:
    """Return the national round with categories of these codes, and its secretariat."""
    national = make_round(region_code=None, state=state)
    for code in codes or ("pemda", "desa"):
        make_category(national, code)
    return national, make_user(Role.NATIONAL_SECRETARIAT, round=national)


def bring(national: Round, actor: User, handover: Handover) -> ReceivedPackage:
    """Bring a package to the national round."""
    return receive_package(round=national, content=handover_bytes(handover), file_name="usulan.zip", actor=actor, at=AT)


def trusted(package: ReceivedPackage, actor: User, **changes: Any) -> ReceivedPackage:
    """Accept the key of ``package`` by a colleague of ``actor``, so that ``actor`` may take it; return the package."""
    colleague = make_user(*(Role(grant.role) for grant in actor.grants.all()), round=package.round)
    told = {"spoken": package.fingerprint[-SPOKEN:], "note": "telepon (contoh)", "password": PASSWORD, "at": AT}
    trust_key(package=package, actor=colleague, **(told | changes))
    return package


def make_stored(round: Round, content: bytes = b"PK (contoh)", **fields: Any) -> Handover:
    """Return a package row of a decided round, its file stored as it is, without making one in earnest."""
    digest = hashlib.sha256(content).hexdigest()
    return Handover.objects.create(
        round=round,
        tabulation=round.tabulations.get(superseded_at=None),
        number=round.handovers.count() + 1,
        file=default_storage.save("handovers/uji.zip", ContentFile(content)),
        size=len(content),
        sha256=digest,
        fingerprint="ab" * 32,
        made_by=make_user(),
        made_at=AT,
        **fields,
    )
