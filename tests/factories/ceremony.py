"""A show of the reveal, and an award outside the rankings for it."""

from typing import Any

import pytest

from judging.models import Ceremony, CeremonyShow, Decision, DecisionKind, SpecialAward
from judging.selectors.ceremony_shows import show_content
from judging.web import ceremony_guests
from nominees.models import Round
from paritrana.accounts.models import User
from paritrana.kernel.check_code import new_code
from tests.factories.world import AT, make_user


def make_ceremony(round: Round, **fields: Any) -> Ceremony:
    """Return the ceremony of ``round``, prepared by somebody."""
    return Ceremony.objects.create(round=round, changed_by=make_user(), changed_at=AT, **fields)


def make_show(round: Round, *, is_rehearsal: bool = False, user: User | None = None, **fields: Any) -> CeremonyShow:
    """Return a show of ``round`` that runs, at its black start."""
    ceremony = Ceremony.objects.filter(round=round).first() or make_ceremony(round)
    return CeremonyShow.objects.create(
        ceremony=ceremony,
        is_rehearsal=is_rehearsal,
        key=bytes(range(32)),
        code=fields.pop("code", "") or new_code(),
        content=show_content(round, is_rehearsal=is_rehearsal),
        opened_by=user or make_user(),
        opened_at=AT,
        **fields,
    )


def make_special_award(round: Round, recipient: str = "Pemerintah Provinsi Contoh") -> SpecialAward:
    """Return an award outside the rankings of the decision in force."""
    plenary = round.tabulations.get(superseded_at=None).plenary
    decision = Decision.objects.create(
        round=round,
        plenary=plenary,
        kind=DecisionKind.SPECIAL,
        votes_for=9,
        reason="uji",
        decided_by=make_user(),
        decided_at=AT,
    )
    return SpecialAward.objects.create(
        decision=decision,
        plenary=plenary,
        title="Piagam Khusus Inovasi",
        recipient=recipient,
        citation="Perlindungan pekerja rentan",
    )


def unprinted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Print nothing: a paper of the ceremony is what it was given."""
    for name in ("render_announcer_script", "render_guest_list", "render_guest_workbook"):
        monkeypatch.setattr(ceremony_guests, name, lambda book: repr(book).encode())
