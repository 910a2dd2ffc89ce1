"""Preparing the ceremony: order, words, guests, certificates taken; what the log says of each, and who is refused."""

import json
from typing import Any

import pytest

from judging.models import Ceremony, Guest
from judging.selectors.awards import awards_in_force
from judging.services import ceremony as services
from nominees.core.lifecycle import State
from nominees.models import Round
from paritrana.accounts.models import Role, User
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories.awards import make_decided_round
from tests.factories.ceremony import make_special_award
from tests.factories.world import AT, make_round, make_user

pytestmark = pytest.mark.django_db

ABOUT: dict[str, Any] = {
    "name": " Ibu Tamu (contoh) ",
    "office": "Bupati",
    "seat": "A1",
    "say": "na-GE-keo",
    "is_absent": False,
    "handed_by": "Gubernur",
}


@pytest.fixture
def round() -> Round:
    return make_decided_round((90, 80, 70), categories=3)


@pytest.fixture
def organiser(round: Round) -> User:
    return make_user(Role.ORGANISER, round=round)


def key(round: Round) -> str:
    return f"gelar-{awards_in_force(round)[0].pk}"


def last_event() -> tuple[str, dict[str, Any]]:
    event = AuditEvent.objects.order_by("-pk")[0]
    return event.action, json.loads(event.payload)


def test_a_part_goes_one_place_up_and_the_order_is_kept(round: Round, organiser: User) -> None:
    services.move_part(round=round, part="kategori-kategori-3", earlier=True, actor=organiser, at=AT)

    order = ["kategori-kategori-1", "kategori-kategori-3", "kategori-kategori-2"]
    ceremony = Ceremony.objects.get(round=round)
    assert (ceremony.running_order, ceremony.version, ceremony.changed_by) == (order, 2, organiser)
    assert last_event() == ("ceremony.arranged", {"order": order, "version": 2})


@pytest.mark.parametrize(("number", "earlier"), [(1, True), (3, False)])
def test_at_the_edge_nothing_changes_and_nothing_is_told(
    round: Round, organiser: User, number: int, *, earlier: bool
) -> None:
    services.move_part(round=round, part=f"kategori-kategori-{number}", earlier=earlier, actor=organiser, at=AT)

    assert Ceremony.objects.get(round=round).version == 1
    assert AuditEvent.objects.filter(action__startswith="ceremony.").count() == 0


def test_a_part_that_is_none_is_refused(round: Round, organiser: User) -> None:
    with pytest.raises(services.NoSuchPart):
        services.move_part(round=round, part="kategori-lain", earlier=True, actor=organiser, at=AT)


def test_words_are_kept_once(round: Round, organiser: User) -> None:
    said: dict[str, Any] = {"opening": " Selamat malam ", "closing": "", "shows_totals": True}
    for _ in range(2):
        services.save_ceremony_words(round=round, **said, actor=organiser, at=AT)

    ceremony = Ceremony.objects.get(round=round)
    assert (ceremony.opening, ceremony.closing, ceremony.shows_totals, ceremony.version) == (
        "Selamat malam",
        "",
        True,
        2,
    )
    assert [event.action for event in AuditEvent.objects.filter(action__startswith="ceremony.")] == [
        "ceremony.words_saved"
    ]


def test_a_guest_is_kept_and_the_log_names_the_fields_alone(round: Round, organiser: User) -> None:
    guest = services.save_guest(round=round, award=key(round), about=ABOUT, actor=organiser, at=AT)
    services.save_guest(round=round, award=key(round), about=ABOUT | {"is_absent": True}, actor=organiser, at=AT)

    guest.refresh_from_db()
    assert (guest.name, guest.office, guest.is_absent) == ("Ibu Tamu (contoh)", "Bupati", True)
    assert last_event() == ("ceremony.guest_saved", {"award": key(round), "changed": ["is_absent"]})
    assert Guest.objects.count() == 1


def test_a_special_award_has_a_guest_too(round: Round, organiser: User) -> None:
    special = make_special_award(round)

    guest = services.save_guest(round=round, award=f"khusus-{special.pk}", about=ABOUT, actor=organiser, at=AT)

    assert (guest.special_award, guest.award) == (special, None)


def test_a_certificate_is_taken_once_and_a_wrong_tap_is_taken_back(round: Round, organiser: User) -> None:
    whom: dict[str, Any] = {"round": round, "award": key(round), "actor": organiser, "at": AT}

    guest = services.record_certificate_taken(**whom, by=" Bapak Penerima (contoh) ")
    assert (guest.collected_by, guest.collected_at) == ("Bapak Penerima (contoh)", AT)
    assert last_event() == (
        "ceremony.certificate_taken",
        {"award": key(round), "by": "Bapak Penerima (contoh)"},
    )
    with pytest.raises(services.CertificateTakenAlready) as refusal:
        services.record_certificate_taken(**whom, by="Orang lain")
    assert refusal.value.facts == {"who": "Bapak Penerima (contoh)"}

    guest = services.take_back_certificate_taken(**whom)
    assert (guest.collected_by, guest.collected_at) == ("", None)
    assert last_event()[0] == "ceremony.certificate_not_taken"
    with pytest.raises(services.NobodyTookCertificate):
        services.take_back_certificate_taken(**whom)


def test_somebody_takes_a_certificate(round: Round, organiser: User) -> None:
    with pytest.raises(services.NobodyTookCertificate):
        services.record_certificate_taken(round=round, award=key(round), by=" ", actor=organiser, at=AT)


def test_an_award_of_an_earlier_decision_or_of_another_province_is_refused(round: Round, organiser: User) -> None:
    other = make_decided_round((90,), region_code="52")
    old = key(round)
    awards_in_force(round).filter(pk=awards_in_force(round)[0].pk).update(superseded_at=AT)

    for award in (old, key(other)):
        with pytest.raises(services.AwardNotInForce):
            services.save_guest(round=round, award=award, about=ABOUT, actor=organiser, at=AT)


def acts(round: Round, actor: User) -> dict[str, Any]:
    """Every act of preparing, to be tried."""
    whom: dict[str, Any] = {"round": round, "actor": actor, "at": AT}
    award = key(round)
    return {
        "order": lambda: services.move_part(**whom, part="kategori-kategori-2", earlier=True),
        "words": lambda: services.save_ceremony_words(**whom, opening="a", closing="b", shows_totals=False),
        "guest": lambda: services.save_guest(**whom, award=award, about=ABOUT),
        "taken": lambda: services.record_certificate_taken(**whom, award=award, by="Ibu"),
        "back": lambda: services.take_back_certificate_taken(**whom, award=award),
    }


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.SECRETARIAT])
def test_organiser_and_secretariat_prepare_and_hand_out(round: Round, role: Role) -> None:
    for act in acts(round, make_user(role, round=round)).values():
        act()

    assert AuditEvent.objects.filter(action__startswith="ceremony.").count() == 5


@pytest.mark.parametrize("role", [Role.CHAIR, Role.PANEL_MEMBER, Role.AUDITOR, Role.PLATFORM_ADMIN])
def test_nobody_else_does(round: Round, role: Role) -> None:
    for act in acts(round, make_user(role, round=round)).values():
        with pytest.raises(NotPermitted):
            act()


def test_the_organiser_of_another_province_does_not(round: Round) -> None:
    stranger = make_user(Role.ORGANISER, round=make_round(region_code="52"))
    for act in acts(round, stranger).values():
        with pytest.raises(NotPermitted):
            act()


@pytest.mark.parametrize(
    ("state", "open_acts"),
    [
        (State.NOMINATION, set()),
        (State.SCORING, {"order", "words"}),
        (State.PLENARY, {"order", "words"}),
        (State.ANNOUNCED, {"order", "words", "guest", "taken", "back"}),
        (State.CLOSED, set()),
    ],
)
def test_each_act_has_its_time(round: Round, organiser: User, state: State, open_acts: set[str]) -> None:
    tried = acts(round, organiser)
    Round.objects.filter(pk=round.pk).update(state=state)
    answers = {}
    for name, act in tried.items():
        try:
            act()
        except NotPermitted as refusal:
            answers[name] = refusal.facts["reason"]
        else:
            answers[name] = ""

    assert answers == {name: "" if name in open_acts else "not_in_this_state" for name in tried}
