"""A member's own note: kept, changed and deleted by its author alone, bounded by the database, told to no log."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from judging.models import PrivateNote
from judging.models.private_note import LONGEST_NOTE, fingerprint
from judging.selectors.private_notes import own_note
from judging.services import private_notes
from judging.services.private_notes import NoteChangedMeanwhile, NoteTooLong, delete_note, save_note
from nominees.core.lifecycle import State
from paritrana.accounts.models import Role
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories.world import AT, make_category, make_nomination, make_round, make_user

pytestmark = pytest.mark.django_db

EMPTY = fingerprint("")
WORDS = "Direktur meyakinkan (contoh)"


@pytest.fixture
def nomination() -> Any:
    return make_nomination(make_category(make_round(state=State.SCORING)), region_code="53.01")


@pytest.fixture
def member(nomination: Any) -> Any:
    return make_user(Role.PANEL_MEMBER, round=nomination.round)


def keep(nomination: Any, actor: Any, text: str = WORDS, seen: str = EMPTY) -> PrivateNote | None:
    return save_note(nomination=nomination, text=text, seen=seen, actor=actor, at=AT)


def test_a_note_is_kept_for_its_author_and_leaves_no_event(nomination: Any, member: Any) -> None:
    before = AuditEvent.objects.count()
    note = keep(nomination, member, f"  {WORDS}\r\nbaris dua\0 ")
    assert own_note(member, nomination) == note
    assert (PrivateNote.objects.get().text, PrivateNote.objects.get().saved_at) == (f"{WORDS}\nbaris dua", AT)
    assert AuditEvent.objects.count() == before


def test_everybody_has_a_note_of_their_own(nomination: Any, member: Any) -> None:
    other = make_user(Role.PANEL_MEMBER, round=nomination.round)
    keep(nomination, member)
    assert own_note(other, nomination) is None
    keep(nomination, other, "lain")
    delete_note(nomination=nomination, actor=other)
    assert [note.author for note in PrivateNote.objects.all()] == [member]


def test_a_change_has_seen_what_it_replaces(nomination: Any, member: Any) -> None:
    keep(nomination, member)
    keep(nomination, member, "kedua", fingerprint(WORDS))
    with pytest.raises(NoteChangedMeanwhile) as refused:
        keep(nomination, member, "tab basi", fingerprint(WORDS))
    assert refused.value.facts == {}
    assert PrivateNote.objects.get().text == "kedua"
    assert keep(nomination, member, "kedua", "apa pun") == PrivateNote.objects.get()


def test_two_first_notes_at_once_are_a_clash(nomination: Any, member: Any) -> None:
    keep(nomination, member)
    with transaction.atomic(), pytest.raises(NoteChangedMeanwhile):
        private_notes._added(nomination, "bersamaan", member, AT)
    assert PrivateNote.objects.get().text == WORDS


@pytest.mark.parametrize("way", ["empty", "deleted"])
def test_it_is_deleted_at_will(nomination: Any, member: Any, way: str) -> None:
    keep(nomination, member)
    if way == "empty":
        assert keep(nomination, member, " \r\n ", fingerprint(WORDS)) is None
    else:
        delete_note(nomination=nomination, actor=member)
        delete_note(nomination=nomination, actor=member)
    assert not PrivateNote.objects.exists()


def test_it_is_bounded(nomination: Any, member: Any) -> None:
    keep(nomination, member, "é" * LONGEST_NOTE)
    with pytest.raises(NoteTooLong) as refused:
        keep(nomination, member, "a" * (LONGEST_NOTE + 1), "")
    assert refused.value.facts == {"most": LONGEST_NOTE}


@pytest.mark.parametrize("text", ["", "a" * (LONGEST_NOTE + 1)], ids=["empty", "too-long"])
def test_the_database_bounds_it_too(nomination: Any, member: Any, text: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PrivateNote.objects.create(author=member, nomination=nomination, text=text, saved_at=AT)


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.CHAIR, Role.AUDITOR, Role.PLATFORM_ADMIN])
def test_only_panel_members_have_notes(nomination: Any, role: Role) -> None:
    actor = make_user(role, round=nomination.round)
    with pytest.raises(NotPermitted):
        keep(nomination, actor)
    with pytest.raises(NotPermitted):
        delete_note(nomination=nomination, actor=actor)


def test_a_member_of_another_province_has_none_here(nomination: Any) -> None:
    stranger = make_user(Role.PANEL_MEMBER, round=make_round(region_code="81"))
    with pytest.raises(NotPermitted):
        keep(nomination, stranger)


def test_printing_a_note_tells_nothing(nomination: Any, member: Any) -> None:
    note = keep(nomination, member)
    assert WORDS not in f"{note!s} {note!r}"
