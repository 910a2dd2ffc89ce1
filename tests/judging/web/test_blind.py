"""While sheets are open no byte of any page, file or header depends on what a seat scored, before and after a plenary.

Two worlds that differ in one mark are looked at by everybody but the member who gave it, at every address there is.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from judging.models import PrivateNote
from judging.services import sheet_workbooks
from judging.services.rounds import confirm_step_back, request_step_back
from nominees.core.lifecycle import State
from paritrana.accounts.models import Role, User
from tests.architecture.pages import ROUND_PAGES
from tests.factories.ceremony import make_show
from tests.factories.decided import opened_with_votes
from tests.factories.onlookers import glancing, paperless
from tests.factories.scored import Scored, make_scored_round, submit
from tests.factories.sheets import holder
from tests.factories.world import AT, make_user

pytestmark = pytest.mark.django_db

#: What tells of scores or of what follows from them; each is asked for in every way it offers.
RESULTS = {
    "judging:ranking": ("?kategori=desa", "?umum=umum", "?format=json", "?umum=umum&format=json"),
    "judging:firmness": ("?kategori=desa", "?umum=umum", "?format=json", "?umum=umum&format=json"),
    "judging:standing": ("?umum=umum", "?format=json"),
    "judging:standing_sheet": ("?umum=umum", "?kertas=F4"),
    "judging:package": ("?samaran=1",),
    "judging:verifier": (),
    "judging:scores_csv": ("?kategori=desa",),
    "judging:compare": ("?sebelum=1&sesudah=kini", "?format=json", "?sebelum=1&sesudah=kini&format=json"),
    "judging:plenary": (),
    "judging:document": (),
    "judging:certificates": (),
    "judging:document_history": (),
    "judging:documents_archive": (),
    "judging:documents_print": (),
    "judging:document_labels": (),
    "judging:print_batches": (),
    "judging:print_batch": (),
    "judging:print_batch_state": (),
    "judging:signing": (),
    "judging:paper_signatures": (),
    "judging:forwarding": (),
    "judging:package_file": (),
}
#: Shown to who is to open the plenary: what is still missing, in words. Everybody else is refused there as well.
CONDITIONS = {"judging:ranking", "judging:firmness", "judging:standing", "judging:compare", "judging:plenary"}
#: Hashes hold a random key or whole rounds: nobody counts back from them.
DRAWN_ANEW = r"[0-9a-f]{64}|[0-9a-f]{8}…|csrfmiddlewaretoken\"[^>]*|\"token\": \"[^\"]*\""
PRIVATE = "Rahasia-saya-7731"
SEEN = ("nominees:list", ("?q=53", "?urut=nilai", "?urut=-nilai", "?status=running"))
#: Two marks of which each makes another mean and score, but the same places, so that the same can be decided on them.
MARKS = ("71", "79")
SAMPLES: dict[str, dict[str, Any]] = {
    "": {},
    "nomination": {"number": 1},
    "unplaced": {"number": 2},
    "batch": {"batch_id": 1},
    "evidence": {"number": 1, "evidence_id": 1},
    "category": {"code": "pemda"},
    "seat": {"code": "unsur-3"},
    "recusal": {"recusal_id": 1},
    "reopening": {"reopening_id": 1},
    "scan": {"scan_id": 1},
    "handed": {"handed_id": 1},
    "schedule_run": {"number": 1},
    "schedule_paper": {"kind": "tabel"},
    "use": {"use_word": "pemenang"},
    "picture": {"picture_id": 1},
    "invitation": {"serial": 1},
    "schedule_offer": {"number": 1, "offer": 1},
    "day": {"day": "semua"},
    "release": {"number": 1},
    "file": {"file": 1},
    "rubric": {"code": "rubrik-pemda"},
    "rubric_version": {"code": "rubrik-pemda", "number": 1},
    "subject": {"kind": "kategori", "code": "pemda"},
    "published_part": {"part": "kategori-pemda"},
    "decision": {"decision_id": 1},
    "motion": {"number": 1},
    "document": {"document_id": 1},
    "signed": {"signed_id": 1},
    "signing_certificate": {"certificate_id": 1},
    "correction": {"correction_id": 1},
    "handover": {"number": 1},
    "province": {"code": "53"},
    "package": {"package_id": 1},
    "key": {"key_id": 1},
    "zone": {"code": "timur"},
    "number": {"number": 1},
    "claim": {"number": 1, "claim_number": 1},
    "show": {"code": "0000000000000000"},
    "print_batch": {"number": 1},
    "labels": {"whose": "pemenang"},
}


@pytest.fixture(autouse=True)
def one_moment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    # The workbook of a day carries a new key for each of the member's own sheets.
    monkeypatch.setattr(sheet_workbooks, "uuid4", lambda: UUID(int=1))
    paperless(monkeypatch)  # what a print shows follows from its data; laying it out for everybody would take minutes
    glancing(monkeypatch)
    with time_machine.travel(AT + timedelta(hours=1), tick=False):
        yield


@pytest.fixture
def scored() -> Scored:
    """With a private note of whoever gave the mark: nobody who looks ever reads it."""
    scored = make_scored_round()
    author, nomination = holder(scored.seats[3]), scored.nominations[1]
    PrivateNote.objects.create(author=author, nomination=nomination, text=PRIVATE, saved_at=AT)
    make_show(scored.round, is_rehearsal=True, **SAMPLES["show"])
    return scored


def addresses(scored: Scored) -> dict[str, tuple[str, ...]]:
    """Every address of a round that opens with GET, by its name, in every way in which it can be asked."""
    where = {"year": 2024, "scope": scored.round.scope_code}
    queries = RESULTS | dict([SEEN])
    paper = {"seat": "unsur-3", "number": 1, "rubric": scored.category.rubric.version.content_hash[:8]}
    samples = SAMPLES | {"paper": paper, "untyped_paper": paper | {"number": 2}}
    found = {}
    for name, page in ROUND_PAGES.items():
        if not page.posted:
            url = reverse(name, kwargs=where | samples[page.kwargs])
            found[name] = tuple(url + query for query in ("", *queries.get(name, ())))
    return found | {"home": ("/",)}


def onlookers(scored: Scored) -> dict[str, User]:
    """Somebody in each role but the member who gave the mark; the chair has a seat and sheets as well."""
    others = (Role.ORGANISER, Role.AUDITOR, Role.PLATFORM_ADMIN)
    people = {str(role): make_user(role, round=scored.round) for role in others}
    return people | {"chair": scored.chair, "secretary": scored.secretary, "member": scored.member}


def mark(scored: Scored, value: str) -> None:
    """Seat 4 gives nominee 1 ``value`` on both criteria, in a corrected sheet."""
    version = scored.category.rubric.version
    submit(scored.nominations[1], scored.seats[3], version, {"inovasi": value, "pemahaman": value}, number=2)


def step_back(scored: Scored) -> None:
    """The plenary meets and decides a tie and a deviation; then two people send the round back to its sheets."""
    cache.clear()
    opened_with_votes(scored)
    change = request_step_back(
        round=scored.round, target=State.SCORING, reason="lembar tertukar", actor=scored.chair, at=AT
    )
    confirm_step_back(change=change, actor=scored.secretary, at=AT)


def unpacked(content: bytes) -> bytes:
    """The files of an archive without the moment at which each was packed."""
    if not content.startswith(b"PK"):
        return content
    with ZipFile(BytesIO(content)) as archive:
        return b"".join(name.encode() + archive.read(name) for name in archive.namelist())


def look(scored: Scored, people: dict[str, User]) -> dict[tuple[str, str], Any]:
    """What everybody gets everywhere: status, headers and bytes, but for what is drawn anew each time."""
    found: dict[tuple[str, str], Any] = {}
    for role, user in people.items():
        client = Client()
        client.force_login(user)
        for name, urls in addresses(scored).items():
            for url in urls:
                response = client.get(url)
                content = unpacked(b"".join(response) if response.streaming else response.content)
                text = re.sub(DRAWN_ANEW, "", content.decode("utf-8", "replace"))
                found[role, url] = name, response.status_code, dict(response.headers), text
    return found


def readers_of(text: str, found: dict[tuple[str, str], Any]) -> list[tuple[str, str]]:
    """Who reads ``text`` where."""
    return [key for key, seen in found.items() if text in seen[-1]]


def told_apart(one: dict[tuple[str, str], Any], other: dict[tuple[str, str], Any]) -> list[Any]:
    """Who sees a difference where."""
    assert one.keys() == other.keys()
    # Events name rows by their numbers, which PostgreSQL counts on after a transaction that was rolled back.
    numbered = {"judging:audit", "judging:audit_export"} if connection.vendor == "postgresql" else set()
    return [key for key in one if one[key] != other[key] and one[key][0] not in numbered]


@pytest.mark.parametrize("comes_back", [False, True], ids=["before-the-plenary", "after-a-step-back"])
def test_nothing_anywhere_depends_on_a_mark_while_sheets_are_open(scored: Scored, *, comes_back: bool) -> None:
    people = onlookers(scored)
    seen = []
    for value in MARKS:
        with transaction.atomic():
            mark(scored, value)
            if comes_back:
                step_back(scored)
            seen.append(look(scored, people))
            transaction.set_rollback(True)
    assert told_apart(*seen) == []
    assert readers_of(PRIVATE, seen[0]) == []
    opened = {(role, name) for (role, _), (name, status, *_) in seen[0].items() if name in RESULTS and status != 403}
    assert opened == {(role, name) for role in ("chair", "secretary") for name in CONDITIONS}
    assert 200 in {status for name, status, *_ in seen[0].values() if name == "nominees:list"}


def test_the_two_worlds_differ_once_the_plenary_is_open(scored: Scored) -> None:
    """The comparison itself sees: in the plenary the same mark shows."""
    people = {"chair": scored.chair}
    seen = []
    for value in MARKS:
        with transaction.atomic():
            mark(scored, value)
            cache.clear()
            opened_with_votes(scored)
            seen.append(look(scored, people))
            transaction.set_rollback(True)
    assert readers_of(PRIVATE, seen[0]) == []
    names = {seen[0][key][0] for key in told_apart(*seen)}
    assert {"judging:ranking", "judging:firmness", "judging:standing", "judging:package", "judging:scores_csv"} <= names
