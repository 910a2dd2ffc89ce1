"""Writes of the reveal: opening a show, moving it, ending it. Only opening and ending are events of the log."""

import secrets
from datetime import datetime, timedelta
from typing import Any, Final

from judging import audit_actions as actions
from judging.core.ceremony import KEY_LENGTH, resumed_at
from judging.models import CeremonyShow
from judging.permissions.ceremony import can_prepare_ceremony, can_run_ceremony
from judging.selectors.ceremony_shows import is_stale, show_content, steps_of
from judging.selectors.tabulations import sha256_of
from nominees.models import Round
from nominees.services.locks import locked_round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.check_code import new_code
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service

from .ceremony import locked_ceremony

NO_NAMES: Final = 3  # black, opening and closing: nobody is called
SCREEN_NOTED_EVERY: Final = timedelta(seconds=2)


class NothingToShow(DomainError):
    """The round has no category yet, or none whose places were awarded."""

    code = "nothing_to_show"


class ShowOver(DomainError):
    """The show has ended."""

    code = "show_over"


class ShowIsStale(DomainError):
    """Decision, running order or words have changed since the show was opened."""

    code = "show_is_stale"


class NoSuchStep(DomainError):
    """The show has fewer steps."""

    code = "no_such_show_step"


@atomic_service
def open_show(
    *, round: Round, is_rehearsal: bool, actor: User, at: datetime, resumes: CeremonyShow | None = None
) -> CeremonyShow:
    """Open a show of the reveal with a key and an address of its own; shows that were left open end.

    It begins in black; one that ``resumes`` another of its kind (ended by mistake), dark at the step where that stood.
    The one that counts once the round is decided. Raises ``NotPermitted``, :class:`NothingToShow`; ``ValueError`` for
    ``resumes`` of another round or kind.
    """
    round = locked_round(round.pk)
    _may(actor, round, is_rehearsal)
    ceremony = locked_ceremony(round, actor, at)
    for left in CeremonyShow.objects.filter(ceremony=ceremony, ended_at=None).select_for_update():
        _end(left, round, actor, at)
    show = CeremonyShow(
        ceremony=ceremony,
        is_rehearsal=is_rehearsal,
        key=secrets.token_bytes(KEY_LENGTH),
        code=new_code(),
        content=show_content(round, is_rehearsal=is_rehearsal),
        opened_by=actor,
        opened_at=at,
    )
    count = len(steps_of(show))
    if count <= NO_NAMES:
        raise NothingToShow
    payload = {"is_rehearsal": is_rehearsal, "steps": count, "content": sha256_of(show.content)}
    if resumes:
        payload |= _go_on(show, CeremonyShow.objects.get(pk=resumes.pk))  # it may have moved until it was ended
    show.save()
    record(action=actions.SHOW_OPENED, actor=actor, at=at, target=show, chain=round.scope, payload=payload)
    return show


@atomic_service
def move_show(*, show: CeremonyShow, step: int, is_blank: bool, turn: int, actor: User, at: datetime) -> CeremonyShow:
    """Let the screen show ``step``, or nothing. ``turn``: how many acts the presenter's window has counted.

    A presenter who had no network may come back several steps further. A stale show that counts can still be hidden and
    go back, but reveals nothing more, also no step that it stood at in the dark alone. Raises ``NotPermitted``,
    :class:`ShowOver`, :class:`NoSuchStep`, :class:`ShowIsStale`.
    """
    round = locked_round(show.ceremony.round_id)
    show = _locked(show, round)
    _may(actor, round, show.is_rehearsal)
    if show.ended_at:
        raise ShowOver
    if not 0 <= step < len(steps_of(show)):
        raise NoSuchStep
    if step > show.furthest and not (is_blank or show.is_rehearsal) and is_stale(show):
        raise ShowIsStale
    show.step, show.is_blank, show.turn = step, is_blank, max(show.turn + 1, turn)
    if not is_blank:
        show.furthest = max(show.furthest, step)
    show.save(update_fields=["step", "is_blank", "turn", "furthest"])
    return show


@atomic_service
def end_show(*, show: CeremonyShow, actor: User, at: datetime) -> CeremonyShow:
    """End the show: its screen goes black and its address leads nowhere any more.

    Raises ``NotPermitted``, :class:`ShowOver`.
    """
    round = locked_round(show.ceremony.round_id)
    show = _locked(show, round)
    can_prepare_ceremony(actor, round).require()
    if show.ended_at:
        raise ShowOver
    _end(show, round, actor, at)
    return show


@atomic_service
def note_screen(*, show: CeremonyShow, at: datetime) -> None:
    """Keep that a screen asked where the show stands, so that its presenter knows; no event, a screen is nobody."""
    if show.screen_seen_at is None or at - show.screen_seen_at >= SCREEN_NOTED_EVERY:
        CeremonyShow.objects.filter(pk=show.pk).update(screen_seen_at=at)


def _go_on(show: CeremonyShow, resumes: CeremonyShow) -> dict[str, Any]:
    """Let ``show`` begin where ``resumes`` stood, dark until the presenter goes on."""
    if (resumes.ceremony_id, resumes.is_rehearsal) != (show.ceremony_id, show.is_rehearsal):
        raise ValueError("a show goes on with one of its own round and kind")
    show.step, show.furthest = resumed_at(steps_of(resumes), resumes.step, resumes.furthest, steps_of(show))
    show.is_blank = True
    return {"resumed_at": show.step}


def _may(actor: User, round: Round, is_rehearsal: bool) -> None:
    (can_prepare_ceremony if is_rehearsal else can_run_ceremony)(actor, round).require()


def _locked(show: CeremonyShow, round: Round) -> CeremonyShow:
    found = CeremonyShow.objects.select_related("ceremony").select_for_update(of=("self",)).get(pk=show.pk)
    found.ceremony.round = round
    return found


def _end(show: CeremonyShow, round: Round, actor: User, at: datetime) -> None:
    show.ended_at = at
    show.save(update_fields=["ended_at"])
    payload: dict[str, Any] = {"is_rehearsal": show.is_rehearsal, "reached": show.furthest}
    record(action=actions.SHOW_ENDED, actor=actor, at=at, target=show, chain=round.scope, payload=payload)
