"""Invitations are issued once, numbered without gaps, kept as they were sent, and replaced by number."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from judging.models import CalendarFeed, Invitation, InvitationText
from judging.selectors.papers.invitations import read_letter, written_letter
from judging.selectors.public_check import Answer, checked_by_checksum, checked_by_code
from judging.selectors.schedule_documents import LetterState, letters_of
from judging.services import schedule_documents as service
from judging.services.documents import IssuedMeanwhile
from judging.services.schedule_documents import NothingReleased, issue_invitations, save_invitation_text
from nominees.core.lifecycle import State
from nominees.models import Round
from paritrana.accounts.models import Role, User
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories.schedule_documents import DAY, World, quick_letters
from tests.factories.sheets import make_room
from tests.factories.world import AT, make_round, make_user

pytestmark = pytest.mark.django_db

SAID = {
    "venue": "Kantor Gubernur (contoh)",
    "online_note": "Tautan menyusul.",
    "dress": "batik",
    "bring": "Bahan paparan.\n\nKartu pegawai.",
    "contact": "0380 000000 (contoh)",
    "copies": "",
    "is_signed_by_chair": False,
}


@pytest.fixture(autouse=True)
def _quick_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_letters(monkeypatch)


@pytest.fixture
def world() -> World:
    return World()


def issue(world: World, **changes: Any) -> list[Invitation]:
    return issue_invitations(**({"round": world.round, "actor": world.secretary, "at": AT} | changes))


def states(world: World, **changes: Any) -> list[LetterState]:
    return [row.state for row in letters_of(world.round, changes.get("at", AT)).rows]


def test_everybody_gets_a_numbered_letter_once(world: World) -> None:
    first = issue(world)
    assert [one.nomination for one in first] == [world.one, world.two]
    assert [one.number for one in first] == ["UND-001/PARITRANA/NTT/2025", "UND-002/PARITRANA/NTT/2025"]
    assert issue(world) == []
    assert states(world) == [LetterState.ISSUED] * 2
    events = AuditEvent.objects.filter(action="invitation.issued")
    assert [one.sha256 in event.payload for one, event in zip(first, events.order_by("pk"), strict=True)] == [
        True,
        True,
    ]
    assert not any(one.check_code in event.payload for one in first for event in events)


def test_the_letter_says_what_was_released_and_who_signs(world: World) -> None:
    save_invitation_text(round=world.round, actor=world.secretary, at=AT, **SAID)
    letter = read_letter(issue(world)[0].content)
    assert (letter.starts_at, letter.room, letter.zone) == (AT + DAY, "Ruang Flobamora", "Asia/Makassar")
    assert letter.recipient == ("Bupati 53.01",)
    assert (letter.venue, letter.bring) == (SAID["venue"], ("Bahan paparan.", "Kartu pegawai."))
    assert letter.check_code in letter.check_address
    assert read_letter(written_letter(letter)) == letter


def test_a_moved_interview_gives_a_letter_that_names_the_one_it_replaces(world: World) -> None:
    old, other = issue(world)
    world.another(replace(world.meetings[0], starts_at=AT + 2 * DAY), world.meetings[1])
    assert states(world) == [LetterState.ISSUED, LetterState.OUTDATED]
    (new,) = issue(world)
    letter = read_letter(new.content)
    assert (new.serial, new.replaces, letter.replaces) == (3, old, old.number)
    assert letter.replaces_day == AT.date()
    assert [checked_by_code(one.check_code, AT).answer for one in (old, other, new)] == [
        Answer.REVOKED,
        Answer.GENUINE,
        Answer.GENUINE,
    ]


@pytest.mark.parametrize("what", ["room", "online"])
def test_another_place_wants_another_letter_but_another_panel_does_not(world: World, what: str) -> None:
    issue(world)
    changed = {"room": {"room": make_room(world.round, "Ruang Sasando")}, "online": {"is_online": True}}[what]
    world.seats = world.seats[:2]
    world.another(replace(world.meetings[0], **changed), world.meetings[1])
    assert states(world) == [LetterState.OUTDATED, LetterState.ISSUED]


def test_another_venue_wants_other_letters(world: World) -> None:
    issue(world)
    save_invitation_text(round=world.round, actor=world.secretary, at=AT, **SAID)
    assert states(world) == [LetterState.OUTDATED] * 2
    save_invitation_text(round=world.round, actor=world.secretary, at=AT, **SAID | {"venue": ""})
    assert states(world) == [LetterState.ISSUED] * 2


def test_a_letter_of_a_cancelled_interview_no_longer_holds(world: World) -> None:
    letter = issue(world)[0]
    world.another(world.meetings[1])
    assert states(world) == [LetterState.ISSUED, LetterState.CANCELLED]
    assert issue(world) == []
    assert checked_by_checksum(letter.sha256, AT).answer == Answer.REVOKED


def test_nobody_is_invited_to_what_began(world: World) -> None:
    later = AT + DAY
    assert states(world, at=later) == [LetterState.PAST, LetterState.READY]
    assert [one.nomination for one in issue(world, at=later)] == [world.two]


def test_a_letter_carries_the_address_of_the_nominees_calendar(world: World) -> None:
    one, two = (read_letter(letter.content) for letter in issue(world))
    keys = dict(CalendarFeed.objects.values_list("nomination__number", "key"))
    assert keys[world.one.number] in one.calendar
    assert keys[world.two.number] in two.calendar


def test_who_may_open_no_calendar_sends_letters_without(world: World) -> None:
    letters = issue(world, actor=make_user(Role.ORGANISER, round=world.round))
    assert [read_letter(one.content).calendar for one in letters] == ["", ""]
    assert not CalendarFeed.objects.exists()


def test_many_are_issued_in_portions(world: World) -> None:
    assert [one.serial for one in issue(world, limit=1)] == [1]
    assert [one.serial for one in issue(world, limit=1)] == [2]


def test_without_a_release_nobody_is_invited(world: World) -> None:
    other = make_round(region_code="52", state=State.SCORING)
    with pytest.raises(NothingReleased):
        issue_invitations(round=other, actor=make_user(Role.SECRETARIAT, round=other), at=AT)


def test_what_changes_while_letters_are_made_stores_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def meanwhile(letters: Any, _paper: str) -> Any:
        world.another(*world.meetings)
        return (b"surat %d" % turn for turn, _one in enumerate(letters))

    monkeypatch.setattr(service, "render_invitation_files", meanwhile)
    before = _files()
    with pytest.raises(IssuedMeanwhile):
        issue(world)
    assert (Invitation.objects.count(), _files()) == (0, before)


def _files() -> set[str]:
    try:
        return set(default_storage.listdir("documents/2024")[1])
    except FileNotFoundError:
        return set()


def test_what_was_sent_stays(world: World) -> None:
    letter = issue(world)[0]
    for act in (lambda: Invitation.objects.update(number="lain"), letter.delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


@pytest.mark.parametrize(
    ("role", "allowed"),
    [(Role.SECRETARIAT, True), (Role.ORGANISER, True), (Role.CHAIR, False), (Role.PANEL_MEMBER, False)],
)
def test_who_issues_letters_and_writes_them(world: World, role: Role, allowed: bool) -> None:
    actor = make_user(role, round=world.round)
    if allowed:
        save_invitation_text(round=world.round, actor=actor, at=AT, **SAID)
        assert len(issue(world, actor=actor)) == 2
        assert AuditEvent.objects.filter(action="invitation.text_saved").count() == 1
    else:
        for act in (lambda: issue(world, actor=actor), lambda: _save(world.round, actor)):
            with pytest.raises(NotPermitted):
                act()
        assert not InvitationText.objects.exists()


def _save(round: Round, actor: User) -> None:
    save_invitation_text(round=round, actor=actor, at=AT, **SAID)


def test_letters_are_issued_while_interviews_are_planned_only() -> None:
    world = World(state=State.PLENARY)
    with pytest.raises(NotPermitted):
        issue(world)
