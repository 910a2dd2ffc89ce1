"""Nominate, forward, edit: what is written, what the log says, what is refused."""

from datetime import date
from typing import Any

import pytest

from nominees.core.facts import ContactFacts
from nominees.core.lifecycle import State
from nominees.models import Contact, CountedIndicator, Kind, Nomination, Nominee, Round, Status
from nominees.services import nominations as services
from nominees.services.businesses import BusinessFactsRefused
from nominees.services.indicators import CountsRefused, CountsSourceMissing
from nominees.services.screening import AlreadyScreened, StaleNomination, StatusChangeRefused, StatusReasonMissing
from paritrana.accounts.models import Role
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from paritrana.regions.models import Region
from tests.factories.nominees import Field, business_facts, make_field, region
from tests.factories.world import AT, make_category, make_nomination, make_region, make_round, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def field() -> Field:
    return make_field()


def _nominate(field: Field, number: int = 1, **changes: Any) -> Nomination:
    facts: dict[str, Any] = {
        "category": field.businesses,
        "region": region("53.71"),
        "business": business_facts(number),
    }
    return services.nominate(**(facts | changes), actor=field.secretary, at=AT)


def _government(field: Field, code: str = "53.01", **changes: Any) -> Nomination:
    return _nominate(field, category=field.governments, region=region(code), business=None, **changes)


def _move_to(round: Round, state: State) -> None:
    round.state = state
    round.save()


def _actions(field: Field) -> list[str]:
    return list(AuditEvent.objects.filter(chain=field.round.scope).order_by("seq").values_list("action", flat=True))


def test_nominees_of_all_kinds_are_numbered_and_wait_for_screening(field: Field) -> None:
    government = _government(field, leader="Bupati (contoh)", contact=ContactFacts(person="Ani (contoh)"))
    village = _nominate(field, category=field.villages, region=region("53.04.02.2007"), business=None)
    business = _nominate(field)

    assert [n.number for n in (government, village, business)] == [1, 2, 3]
    assert [str(n) for n in (government, village, business)] == [
        "Kabupaten Kupang",
        "Desa Dafala",
        "Koperasi 1 (contoh)",
    ]
    assert set(Nomination.objects.values_list("status", flat=True)) == {Status.PROPOSED}
    assert business.nominee.business.nib == "0000000000001"
    assert Contact.objects.get().person == "Ani (contoh)"
    assert _actions(field) == ["nomination.created"] * 3


def test_a_nominee_of_an_earlier_edition_is_recognised(field: Field) -> None:
    earlier = make_field(year=2023)
    _government(earlier)
    _nominate(earlier)

    again = _nominate(field, business=business_facts(1, name="Koperasi Baru (contoh)"))
    _government(field)

    assert Nominee.objects.count() == 2
    again.nominee.refresh_from_db()
    assert again.nominee.name == "Koperasi Baru (contoh)"


def test_nobody_is_nominated_twice_in_a_round(field: Field) -> None:
    _government(field)
    _nominate(field)

    with pytest.raises(services.AlreadyNominated) as caught:
        _government(field)
    assert caught.value.facts == {"name": "Kabupaten Kupang", "number": 1}
    with pytest.raises(services.AlreadyNominated):
        _nominate(field)
    with pytest.raises(services.SameNameOtherNib):
        _nominate(field, business=business_facts(2, name="KOPERASI 1 (contoh)"))
    assert Nomination.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "misfit"),
    [
        ({"business": business_facts(1, size_class="micro")}, "size"),
        ({"business": business_facts(1, sector="trade")}, "sector"),
        ({"business": None}, "kind"),
    ],
)
def test_a_nominee_must_fit_its_category(field: Field, changes: dict[str, Any], misfit: str) -> None:
    with pytest.raises(services.NomineeDoesNotFit) as caught:
        _nominate(field, **changes)

    assert caught.value.facts["misfit"] == misfit
    assert (Nominee.objects.count(), AuditEvent.objects.count()) == (0, 0)


def test_a_nominee_lies_in_the_right_place(field: Field) -> None:
    make_region("52.01", "Kabupaten Lombok Barat", "kabupaten")
    with pytest.raises(services.NomineeDoesNotFit):
        _government(field, "53.04.02.2007")
    with pytest.raises(services.NomineeDoesNotFit):
        _nominate(field, category=field.villages, region=region("53.01"), business=None)
    with pytest.raises(services.NomineeOutsideProvince):
        _government(field, "52.01")


@pytest.mark.parametrize("changes", [{"nib": "12"}, {"kbli": "x"}, {"name": ""}, {"bpjs_number": "-"}])
def test_a_business_with_impossible_facts_is_refused(field: Field, changes: dict[str, str]) -> None:
    with pytest.raises(BusinessFactsRefused) as caught:
        _nominate(field, business=business_facts(1, **changes))
    assert caught.value.facts["field"] in changes


def test_a_business_of_another_province_is_not_taken_over(field: Field) -> None:
    make_region("52.01", "Kabupaten Lombok Barat", "kabupaten")
    elsewhere = make_field(region_code="52")
    _nominate(elsewhere, region=Region.objects.get(code="52.01"))

    with pytest.raises(services.BusinessKnownElsewhere):
        _nominate(field)


@pytest.mark.parametrize("role", [Role.CHAIR, Role.PANEL_MEMBER, Role.ORGANISER, Role.AUDITOR, Role.PLATFORM_ADMIN])
def test_only_the_secretariat_nominates_screens_and_counts(field: Field, role: Role) -> None:
    nomination = _government(field)
    known: dict[str, Any] = {"nomination": nomination, "actor": make_user(role, round=field.round), "at": AT}

    with pytest.raises(NotPermitted):
        services.nominate(category=field.governments, region=region("53.04"), actor=known["actor"], at=AT)
    with pytest.raises(NotPermitted):
        services.edit_nomination(leader="X", **known)
    with pytest.raises(NotPermitted):
        services.update_contact(contact=ContactFacts(person="X"), **known)
    with pytest.raises(NotPermitted):
        services.screen_nomination(decision=Status.RUNNING, **known)
    with pytest.raises(NotPermitted):
        services.set_status(status=Status.WITHDRAWN, reason="x", **known)
    with pytest.raises(NotPermitted):
        services.enter_indicator(criterion="cakupan", count=1, base=2, source="BPS", as_of=date(2024, 12, 31), **known)
    assert _actions(field) == ["nomination.created"]


@pytest.mark.parametrize("state", [State.PREPARATION, State.SCORING, State.DECIDED])
def test_nominations_have_their_time(state: State) -> None:
    with pytest.raises(NotPermitted):
        _government(make_field(state))


def test_editing_changes_what_is_given_and_leaves_one_event(field: Field) -> None:
    nomination = _nominate(field, leader="Lama")
    known: dict[str, Any] = {"nomination": nomination, "actor": field.secretary, "at": AT}

    edited = services.edit_nomination(
        leader="Baru", business=business_facts(1, size_class="large"), region=region("53.01"), version=1, **known
    )
    services.edit_nomination(leader="Baru", **known)

    edited.refresh_from_db()
    assert (edited.leader, edited.version, edited.nominee.business.size_class) == ("Baru", 2, "large")
    assert edited.nominee.region.code == "53.01"
    assert _actions(field) == ["nomination.created", "nomination.edited"]
    with pytest.raises(StaleNomination):
        services.edit_nomination(leader="X", version=1, **known)
    with pytest.raises(services.NomineeDoesNotFit):
        services.edit_nomination(category=field.governments, **known)
    with pytest.raises(services.NomineeDoesNotFit):
        services.edit_nomination(category=make_category(make_round(region_code="52"), kind=Kind.BUSINESS), **known)


def test_editing_cannot_make_two_businesses_one(field: Field) -> None:
    _nominate(field)
    second = _nominate(field, 2)
    known: dict[str, Any] = {"nomination": second, "actor": field.secretary, "at": AT}

    with pytest.raises(services.SameNameOtherNib):
        services.edit_nomination(business=business_facts(2, name="Koperasi 1 (contoh)"), **known)
    with pytest.raises(services.BusinessKnownElsewhere):
        services.edit_nomination(business=business_facts(1, name="Lain (contoh)"), **known)


def test_a_contact_is_kept_and_the_log_names_fields_only(field: Field) -> None:
    nomination = _government(field)
    known: dict[str, Any] = {"nomination": nomination, "actor": field.secretary, "at": AT}

    services.update_contact(contact=ContactFacts(person="Ani", phone="0812"), **known)
    contact = services.update_contact(contact=ContactFacts(phone="0813"), **known)
    services.update_contact(contact=ContactFacts(phone="0813"), **known)

    assert (contact.person, contact.phone) == ("Ani", "0813")
    assert [e.payload for e in AuditEvent.objects.filter(action="nomination.edited").order_by("seq")] == [
        '{"fields":["person","phone"]}',
        '{"fields":["phone"]}',
    ]


# Screening and status


def test_screening_decides_once(field: Field) -> None:
    nomination = _government(field)
    known: dict[str, Any] = {"nomination": nomination, "actor": field.secretary, "at": AT}

    with pytest.raises(StatusReasonMissing):
        services.screen_nomination(decision=Status.REJECTED, reason="  ", **known)
    with pytest.raises(StatusChangeRefused):
        services.screen_nomination(decision=Status.WITHDRAWN, reason="x", **known)
    with pytest.raises(StaleNomination):
        services.screen_nomination(decision=Status.RUNNING, version=7, **known)
    screened = services.screen_nomination(decision=Status.RUNNING, version=1, **known)
    services.screen_nomination(decision=Status.RUNNING, **known)

    assert (screened.status, screened.screened_by, screened.screened_at, screened.version) == (
        Status.RUNNING,
        field.secretary,
        AT,
        2,
    )
    assert _actions(field) == ["nomination.created", "nomination.screened"]
    with pytest.raises(AlreadyScreened):
        services.screen_nomination(decision=Status.OUTSIDE, reason="x", **known)


@pytest.mark.parametrize(
    ("state", "source", "target", "allowed"),
    [
        (State.NOMINATION, Status.RUNNING, Status.WITHDRAWN, True),
        (State.NOMINATION, Status.RUNNING, Status.NO_SHOW, False),
        (State.NOMINATION, Status.REJECTED, Status.RUNNING, True),
        (State.SCORING, Status.RUNNING, Status.NO_SHOW, True),
        (State.SCORING, Status.NO_SHOW, Status.RUNNING, True),
        (State.SCORING, Status.RUNNING, Status.OUTSIDE, True),
        (State.SCORING, Status.RUNNING, Status.REJECTED, False),
        (State.SCORING, Status.PROPOSED, Status.RUNNING, False),
        (State.NOMINATION, Status.PROPOSED, Status.RUNNING, False),
    ],
)
def test_a_status_changes_by_the_table(state: State, source: Status, target: Status, allowed: bool) -> None:
    field = make_field(state)
    nomination = make_nomination(field.governments, status=source)
    known: dict[str, Any] = {"nomination": nomination, "status": target, "reason": "alasan", "actor": field.secretary}

    if allowed:
        changed = services.set_status(**known, at=AT)
        services.set_status(**known, at=AT)
        assert (changed.status, changed.status_reason, changed.version) == (target, "alasan", 2)
        assert _actions(field) == ["nomination.status_set"]
    else:
        with pytest.raises(StatusChangeRefused):
            services.set_status(**known, at=AT)
        assert _actions(field) == []


def test_leaving_needs_a_reason_and_the_present_version(field: Field) -> None:
    nomination = make_nomination(field.governments)
    known: dict[str, Any] = {"nomination": nomination, "status": Status.WITHDRAWN, "actor": field.secretary, "at": AT}

    with pytest.raises(StatusReasonMissing):
        services.set_status(**known)
    with pytest.raises(StaleNomination):
        services.set_status(reason="x", version=4, **known)
    _move_to(field.round, State.PLENARY)
    with pytest.raises(NotPermitted):
        services.set_status(reason="x", **known)


# Counts


def test_counts_are_entered_corrected_and_repeated(field: Field) -> None:
    nomination = _government(field)
    _move_to(field.round, State.SCORING)
    known: dict[str, Any] = {
        "nomination": nomination,
        "criterion": "cakupan",
        "base": 4000,
        "source": "BPS",
        "as_of": date(2024, 12, 31),
        "actor": field.secretary,
        "at": AT,
    }

    for count in (1200, 1200, 1300):
        services.enter_indicator(count=count, **known)

    assert CountedIndicator.objects.get().count == 1300
    events = AuditEvent.objects.filter(action="indicator.entered").order_by("seq")
    assert ['"before":null' in e.payload for e in events] == [True, False]
    for count, base in ((4001, 4000), (-1, 4000), (0, 0)):
        with pytest.raises(CountsRefused):
            services.enter_indicator(count=count, **(known | {"base": base}))
    with pytest.raises(CountsSourceMissing):
        services.enter_indicator(count=1, **(known | {"source": " "}))
    _move_to(field.round, State.PLENARY)
    with pytest.raises(NotPermitted):
        services.enter_indicator(count=1, **known)
