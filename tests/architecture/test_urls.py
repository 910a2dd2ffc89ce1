"""Every address of the resolver is in the written table, and every line of the table holds."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from judging.models import (
    Decision,
    DecisionKind,
    Interview,
    PaperEntry,
    Recusal,
    Room,
    RunKind,
    ScheduleRun,
    Seat,
    Seating,
    TypedSheet,
)
from judging.selectors.awards import awards_in_force
from judging.services.publication import publish
from nominees.core.lifecycle import State
from nominees.models import BatchState, ImportBatch, Nomination, Round
from paritrana.accounts.models import Role, RoleGrant, User
from tests.factories.amendments import make_amendment
from tests.factories.awards import make_decided_round, make_document
from tests.factories.ceremony import make_show
from tests.factories.certificates import make_picture
from tests.factories.evidence import make_evidence
from tests.factories.handovers import make_stored
from tests.factories.motions import make_motion
from tests.factories.onlookers import glancing, paperless
from tests.factories.print_batches import make_batch
from tests.factories.reopenings import make_waiting
from tests.factories.scans import make_scan
from tests.factories.schedule import make_calendar
from tests.factories.schedule_documents import make_invitation
from tests.factories.sheet_workbooks import make_handed
from tests.factories.sheets import make_released
from tests.factories.signing import make_certificate, make_signed
from tests.factories.world import AT, make_round, make_user

from .pages import ADMINISTRATION, ADMINISTRATORS, FORMS, PUBLIC, RESULTS, ROUND_PAGES, SIGNED_IN

pytestmark = pytest.mark.django_db
CODE = "0000-0000-0000-0000"
#: A script follows no redirect to the sign-in: it is told 401.
ASKED_BY_A_SCRIPT = "judging:provisions"


def _names(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"


def test_every_address_is_in_the_table_and_every_line_has_an_address() -> None:
    found = {name for name in _names(get_resolver()) if not name.startswith(f"{ADMINISTRATION}:")}

    assert found == PUBLIC | set(RESULTS) | FORMS | SIGNED_IN | set(ADMINISTRATORS) | set(ROUND_PAGES)


class World:
    """One round with one of everything, so that every address leads somewhere."""

    def __init__(self) -> None:
        self.round = make_decided_round((90, 80))
        category = self.round.categories.get()
        nomination = self.round.nominations.order_by("number")[0]
        seat = self.round.seats.get(position=3)
        user = make_user()
        plenary = self.round.tabulations.get().plenary
        batch = ImportBatch.objects.create(
            round=self.round,
            file_name="calon.xlsx",
            sha256="0" * 64,
            uploaded_by=user,
            uploaded_at=AT,
            state=BatchState.REFUSED,
        )
        recusal = Recusal.objects.create(
            seat=seat,
            nomination=self.round.nominations.order_by("number")[1],
            reason="uji",
            declared_by=user,
            declared_at=AT,
        )
        reopening = make_waiting(self.round.seats.get(position=4), nomination)
        decision = Decision.objects.create(
            round=self.round,
            plenary=plenary,
            category=category,
            kind=DecisionKind.DEVIATION,
            order=list(self.round.nominations.order_by("-number").values_list("pk", flat=True)),
            votes_for=5,
            reason="uji",
            decided_by=user,
            decided_at=AT,
        )
        interview = Interview.objects.create(
            round=self.round,
            nomination=nomination,
            room=Room.objects.create(round=self.round, name="Aula"),
            starts_at=AT,
            ends_at=AT + timedelta(minutes=30),
        )
        letter = make_invitation(make_released(interview, [seat]))
        run = ScheduleRun.objects.create(
            round=self.round,
            number=1,
            kind=RunKind.SOLVE,
            asked_by=user,
            asked_at=AT,
            seconds=30,
            problem='{"grid_min": 5}',
            explanation='[{"type": "rest", "relax": [{"change": "rest_later", "max_continuous_min": 120}]}]',
        )
        paper = self._paper(seat, nomination)
        document = make_document(awards_in_force(self.round)[0])
        self.samples: dict[str, dict[str, Any]] = {
            "": {},
            "nomination": {"number": nomination.number},
            "day": {"day": "semua"},
            "release": {"number": 1},
            "file": {"file": 1},
            "unplaced": {"number": nomination.number + 1},
            "batch": {"batch_id": batch.pk},
            "evidence": {"number": nomination.number, "evidence_id": make_evidence(nomination, user).pk},
            "category": {"code": category.code},
            "seat": {"code": seat.code},
            "paper": paper,
            "scan": {"scan_id": make_scan(TypedSheet.objects.get(), user).pk},
            "handed": {"handed_id": make_handed(seat.seatings.get(), user).pk},
            "schedule_run": {"number": run.number},
            "schedule_offer": {"number": run.number, "offer": 1},
            "untyped_paper": paper | {"number": nomination.number + 1},
            "recusal": {"recusal_id": recusal.pk},
            "reopening": {"reopening_id": reopening.pk},
            "rubric": {"code": "contoh"},
            "rubric_version": {"code": "contoh", "number": 1},
            "subject": {"kind": "kategori", "code": category.code},
            "published_part": {"part": f"kategori-{category.code}"},
            "decision": {"decision_id": decision.pk},
            "motion": {"number": make_motion(plenary, user).number},
            "document": {"document_id": document.pk},
            "print_batch": {"number": make_batch(self.round, user).number},
            "labels": {"whose": "nomine"},
            "signed": {"signed_id": make_signed(document).pk},
            "signing_certificate": {"certificate_id": make_certificate(self.round).pk},
            "correction": {"correction_id": make_amendment(self.round, user).pk},
            "schedule_paper": {"kind": "tabel"},
            "use": {"use_word": "pemenang"},
            "picture": {"picture_id": self._picture()},
            "invitation": {"serial": letter.serial},
            "handover": {"number": make_stored(self.round).number},
            "province": {"code": "53"},
            "package": {"package_id": 1},
            "key": {"key_id": 1},
            "zone": {"code": "timur"},
            "number": {"number": 1},
            "claim": {"number": 1, "claim_number": 1},
            "show": {"code": make_show(self.round, is_rehearsal=True).code},
        }

    def _picture(self) -> int:
        """A logo for the certificates of the round; its id."""
        key: int = make_picture(self.round, make_user(Role.ORGANISER, round=self.round)).pk
        return key

    def _paper(self, seat: Seat, nomination: Nomination) -> dict[str, Any]:
        """A paper sheet that two people read differently; the sample of its address."""
        version = nomination.category.rubric.version
        typed = TypedSheet.objects.create(seat=seat, nomination=nomination, rubric_version=version)
        for turn in (1, 2):
            PaperEntry.objects.create(sheet=typed, turn=turn, entries="{}", entered_by=make_user(), entered_at=AT)
        return {"seat": seat.code, "number": nomination.number, "rubric": version.content_hash[:8]}

    def url(self, name: str) -> str:
        """The address of a page with the sample that its line names."""
        where = {"year": self.round.edition.assessment_year, "scope": self.round.scope_code}
        return reverse(name, kwargs=where | self.samples[ROUND_PAGES[name].kwargs])

    def someone(self, role: Role) -> User:
        """A person of the round with one role; a panel member sits on a seat."""
        if role != Role.PANEL_MEMBER:
            return make_user(role, round=self.round)
        user = Seating.objects.get(seat__round=self.round, seat__position=3).user
        RoleGrant.objects.create(user=user, role=role, assessment_year=2024, region=self.round.region, granted_at=AT)
        return user  # type: ignore[no-any-return]


@pytest.fixture(autouse=True)
def _unlaid(monkeypatch: pytest.MonkeyPatch) -> None:
    paperless(monkeypatch)  # who gets a paper is asked here, not how it is set
    glancing(monkeypatch)


@pytest.fixture
def world() -> World:
    return World()


def _everything() -> dict[str, list[Any]]:
    """The rows of every table of the project, to see that none changed; the session is not the project's."""
    ours = ("audit", "regions", "accounts", "nominees", "judging")
    models = [model for label in ours for model in apps.get_app_config(label).get_models(include_auto_created=True)]
    return {
        model._meta.label: [
            {name: value for name, value in row.items() if name != "last_login"}
            for row in model._default_manager.order_by("pk").values()
        ]
        for model in models
    }


def test_public_pages_open_without_signing_in(client: Client) -> None:
    feed = make_calendar(make_round())
    show = make_show(make_decided_round((90, 80), region_code="52"), is_rehearsal=True)
    urls = {
        "check_code": reverse("check_code", kwargs={"code": CODE}),
        "calendar_feed": reverse("calendar_feed", kwargs={"key": feed.key}),
        "screen": reverse("screen", kwargs={"code": show.code}),
        "screen_state": reverse("screen_state", kwargs={"code": show.code}),
    }

    statuses = {name: client.get(urls.get(name) or reverse(name)).status_code for name in PUBLIC}

    assert statuses == dict.fromkeys(PUBLIC, 200)


def test_public_results_open_to_anybody_once_published_and_are_unknown_before(client: Client) -> None:
    round = make_decided_round((90, 80), state=State.ANNOUNCED)
    urls = {name: reverse(name, kwargs=where) for name, where in RESULTS.items()}
    before = {name: client.get(url).status_code for name, url in urls.items()}

    publish(round=round, actor=make_user(Role.ORGANISER, round=round), at=AT)

    assert before == dict.fromkeys(RESULTS, 404) | {"results_archive": 200}
    assert {name: client.get(url).status_code for name, url in urls.items()} == dict.fromkeys(RESULTS, 200)


def test_forms_are_no_links(client: Client) -> None:
    assert client.get(reverse("logout")).status_code == 405
    assert client.get(reverse("set_language")).status_code in {302, 405}


def test_the_administration_is_closed(client: Client, world: World) -> None:
    for user in (None, *(world.someone(role) for role in Role)):
        if user:
            client.force_login(user)
        assert client.get(reverse("admin:index")).status_code == 302


def test_signed_out_leads_to_sign_in_everywhere(client: Client, world: World) -> None:
    before = _everything()

    for name, page in ROUND_PAGES.items():
        for call in (client.post,) if page.posted else (client.get, client.post):
            response = call(world.url(name))
            refused = response.status_code in {401 if name == ASKED_BY_A_SCRIPT else 302, 405}
            assert refused, name
            assert response.status_code != 302 or response["Location"].startswith(reverse("login")), name

    assert _everything() == before


def _site_addresses() -> dict[str, str]:
    """Addresses outside of rounds that need a login; an auditor of some round is the sample."""
    grant = make_user(Role.AUDITOR, round=make_round(region_code="51")).grants.get()
    samples: dict[str, dict[str, Any]] = {
        "": {},
        "person": {"username": grant.user.username},
        "grant": {"username": grant.user.username, "grant_id": grant.pk},
    }
    own = {name: reverse(name) for name in SIGNED_IN}
    return own | {name: reverse(name, kwargs=samples[sample]) for name, sample in ADMINISTRATORS.items()}


def test_pages_of_the_site_ask_for_a_login(client: Client) -> None:
    addresses = _site_addresses()
    before = _everything()

    for name, url in addresses.items():
        for response in (client.get(url), client.post(url)):
            assert response.status_code == 302, name
            assert response["Location"].startswith(reverse("login")), name

    assert _everything() == before


@pytest.mark.parametrize("role", list(Role))
def test_only_platform_administrators_administer(client: Client, world: World, role: Role) -> None:
    addresses = _site_addresses()
    client.force_login(world.someone(role))
    before = _everything()

    looked = {name: client.get(url).status_code for name, url in addresses.items()}
    closed = {} if role == Role.PLATFORM_ADMIN else {name: addresses[name] for name in ADMINISTRATORS}
    posted = {name: client.post(url).status_code for name, url in closed.items()}

    assert looked == {name: 403 if name in closed else 200 for name in addresses}
    assert posted == dict.fromkeys(closed, 403)
    assert _everything() == before


def test_another_province_finds_nothing_anywhere(client: Client, world: World) -> None:
    other = make_round(region_code="52", state=State.DECIDED)
    client.force_login(make_user(*(role for role in Role if role != Role.PLATFORM_ADMIN), round=other))
    before = _everything()

    for name, page in ROUND_PAGES.items():
        Round.objects.filter(pk=world.round.pk).update(state=page.state)
        statuses = {client.post(world.url(name)).status_code}
        if not page.posted:
            statuses.add(client.get(world.url(name)).status_code)
        assert statuses <= {404, 405}, name
        assert 404 in statuses, name

    Round.objects.filter(pk=world.round.pk).update(state=State.DECIDED)
    assert _everything() == before


def test_a_round_that_does_not_exist_is_answered_the_same(client: Client, world: World) -> None:
    client.force_login(world.someone(Role.SECRETARIAT))

    for name in ("judging:round", "nominees:list", "judging:audit"):
        for where in (
            {"year": 2024, "scope": "99"},
            {"year": 1999, "scope": "53"},
            {"year": 2024, "scope": "nasional"},
        ):
            assert client.get(reverse(name, kwargs=where)).status_code == 404


@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_what_the_table_says_and_looking_changes_nothing(
    client: Client, world: World, role: Role
) -> None:
    client.force_login(world.someone(role))
    before = _everything()
    wrong = {}

    for name, page in ROUND_PAGES.items():
        if not page.posted:
            Round.objects.filter(pk=world.round.pk).update(state=page.state)
            status = client.get(world.url(name)).status_code
            if status != (page.answer if role in page.roles else 403):
                wrong[name] = status

    Round.objects.filter(pk=world.round.pk).update(state=State.DECIDED)
    assert wrong == {}
    assert _everything() == before


@pytest.mark.parametrize("role", list(Role))
def test_forms_refuse_whom_the_table_leaves_out(client: Client, world: World, role: Role) -> None:
    client.force_login(world.someone(role))
    closed = {name: page for name, page in ROUND_PAGES.items() if page.posted and role not in page.roles}
    before = _everything()

    statuses = {}
    for name, page in closed.items():
        Round.objects.filter(pk=world.round.pk).update(state=page.state)
        statuses[name] = client.post(world.url(name)).status_code

    Round.objects.filter(pk=world.round.pk).update(state=State.DECIDED)
    assert statuses == dict.fromkeys(closed, 403)
    assert _everything() == before


def test_nothing_opens_for_a_person_who_was_switched_off(client: Client, world: World) -> None:
    user = world.someone(Role.SECRETARIAT)
    client.force_login(user)
    assert client.get(world.url("judging:round")).status_code == 200
    User.objects.filter(pk=user.pk).update(is_active=False)

    statuses = {name: client.get(world.url(name)).status_code for name, page in ROUND_PAGES.items() if not page.posted}

    assert statuses == dict.fromkeys(statuses, 302) | {ASKED_BY_A_SCRIPT: 401}
