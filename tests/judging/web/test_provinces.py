"""The national side: provinces side by side, a package brought, compared and taken."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from judging.core import handover
from judging.models import ProvinceReminder, ReceivedPackage, TrustedKey
from judging.selectors.provinces import ProvinceState, provinces_of
from judging.selectors.zones import waiting_packages
from judging.services.province_reminders import remind_province
from judging.services.received_packages import receive_package, take_package
from judging.services.reminders import NO_MAIL
from nominees.core.lifecycle import State
from nominees.models import Round
from paritrana.accounts.models import Role, User
from paritrana.kernel.verdict import NotPermitted
from paritrana.regions.models import Region
from tests.core.handovers import OWN, files_and_manifest, small_package
from tests.factories.handovers import make_national, make_stored, trusted
from tests.factories.rounds import make_award, make_forwarding
from tests.factories.world import AT, PASSWORD, make_category, make_region, make_round, make_user

pytestmark = pytest.mark.django_db
PROVINCES = [(f"{number}", f"Provinsi {number}") for number in range(11, 49)]


@pytest.fixture
def national() -> tuple[Round, User]:
    found = make_national("desa")
    found[0].categories.update(kind="village")
    make_region("53")
    return found


def _url(name: str, **where: object) -> str:
    return reverse(f"judging:{name}", kwargs={"year": 2024, "scope": "nasional", **where})


def _package() -> bytes:
    """A sound package whose winner lies in a village that is known here."""
    make_region("53.01.01.2001", "Cakra (contoh)", "desa")
    return small_package()


def _bring(client: Client, content: bytes) -> Any:
    return client.post(_url("bring_package"), {"berkas": SimpleUploadedFile("usulan.zip", content)}, follow=True)


def test_a_package_is_brought_compared_and_taken(client: Client, national: tuple[Round, User]) -> None:
    client.force_login(national[1])

    page = _bring(client, _package())

    package = ReceivedPackage.objects.get()
    where = {"package_id": package.pk}
    assert (page.redirect_chain[-1][0], package.problems) == (_url("received_package", **where), [])
    text = page.content.decode()
    assert "Desa Cakra (contoh)" in text
    assert package.fingerprint[-4:] not in text.replace(package.sha256, "")  # nobody copies it from the page
    assert client.post(_url("received_package", **where), follow=True).context["package"].accepted is False

    assert client.post(_url("accept_key", **where), {"dibacakan": "", "catatan": ""}).status_code == 422
    told = {"dibacakan": package.fingerprint[-16:], "catatan": "telepon (contoh)", "password": PASSWORD}
    stranger = client.post(_url("accept_key", **where), told | {"password": "lain"})
    assert stranger.context["form"].errors["password"]
    wrong = client.post(_url("accept_key", **where), told | {"dibacakan": "0000"})
    assert (wrong.status_code, TrustedKey.objects.exists()) == (200, False)
    client.post(_url("accept_key", **where), told)
    assert TrustedKey.objects.get().fingerprint == OWN.fingerprint

    page = client.get(_url("received_package", **where))
    assert (page.context["needs_second"], '<form method="post"><input' in page.content.decode()) == (True, False)
    client.force_login(make_user(Role.NATIONAL_SECRETARIAT, round=national[0]))
    taken = client.post(_url("received_package", **where), follow=True)
    assert (taken.context["package"].accepted, national[0].nominations.count()) == (True, 1)
    assert _bring(client, _package()).context["package"] == package


def test_a_tampered_package_names_what_differs(client: Client, national: tuple[Round, User]) -> None:
    client.force_login(national[1])
    files, manifest = files_and_manifest()
    files["minutes.pdf"] += b" "

    page = _bring(client, handover.sealed(files, manifest, OWN))

    assert "minutes.pdf" in page.content.decode()
    assert {problem["where"] for problem in page.context["problems"]} >= {"minutes.pdf", "minutes / sha256"}
    assert (page.context["may_take"], page.context["rows"]) == (False, [])
    key = _url("accept_key", package_id=ReceivedPackage.objects.get().pk)
    client.post(key, {"dibacakan": OWN.fingerprint[-16:], "catatan": "telepon (contoh)", "password": PASSWORD})
    assert not TrustedKey.objects.exists()


def test_no_file_or_a_strange_one_is_told(client: Client, national: tuple[Round, User]) -> None:
    client.force_login(national[1])
    empty = client.post(_url("bring_package"), follow=True)
    assert [message.level_tag for message in empty.context["messages"]] == ["error"]
    other = _bring(client, b"bukan paket")
    assert [message.level_tag for message in other.context["messages"]] == ["error"]
    assert not ReceivedPackage.objects.exists()


def test_a_changed_key_is_loud(client: Client, national: tuple[Round, User]) -> None:
    client.force_login(national[1])
    region = Region.objects.get(code="53")
    TrustedKey.objects.create(
        region=region, public_key="11" * 32, fingerprint="22" * 32, note="uji", trusted_by=national[1], trusted_at=AT
    )
    page = _bring(client, _package())
    where = {"package_id": ReceivedPackage.objects.get().pk}
    assert page.context["standing"].is_changed
    told = {"dibacakan": OWN.fingerprint[-16:], "catatan": "telepon (contoh)", "password": PASSWORD}
    assert client.post(_url("accept_key", **where), told).status_code == 422

    assert client.post(_url("accept_key", **where), told | {"berganti": "on"}).status_code == 302

    assert [key.fingerprint for key in TrustedKey.objects.filter(withdrawn_at=None)] == [OWN.fingerprint]
    key = TrustedKey.objects.get(withdrawn_at=None)
    colleague = make_user(Role.NATIONAL_SECRETARIAT, round=national[0])
    take_package(package=ReceivedPackage.objects.get(), actor=colleague, at=AT)
    assert "usulan.zip" in client.get(_url("forget_key", key_id=key.pk)).context["facts"][-1]["value"]
    client.post(_url("forget_key", key_id=key.pk))
    assert not TrustedKey.objects.filter(withdrawn_at=None).exists()
    assert client.get(_url("received_package", **where)).context["standing"].withdrawn == key
    ((_name, badge, _brought),) = client.get(_url("province", code="53")).context["packages"]
    assert badge["note"]


def test_the_package_is_handed_out_as_it_came(client: Client, national: tuple[Round, User]) -> None:
    client.force_login(national[1])
    _bring(client, small_package())

    response = client.get(_url("received_file", package_id=ReceivedPackage.objects.get().pk))

    assert response.content == small_package()
    assert response["Content-Type"] == "application/octet-stream"


def _state(national: Round, code: str) -> ProvinceState:
    (found,) = provinces_of(national, Region.objects.get(code=code))
    return found.state


def test_every_province_has_its_state(national: tuple[Round, User]) -> None:
    round, actor = national
    for number, state in enumerate(State, start=71):
        make_round(region_code=str(number), state=state)
    assert [_state(round, str(number)) for number in range(71, 78)] == [
        "preparation",
        "nomination",
        "scoring",
        "plenary",
        "decided",
        "announced",
        "announced",
    ]
    assert _state(round, "53") == ProvinceState.NOT_STARTED

    award = make_award(make_round(region_code="52", state=State.ANNOUNCED))
    make_stored(award.round, sent_by=actor, sent_at=AT, sent_how="kurir")
    assert _state(round, "52") == ProvinceState.SENT
    make_forwarding(award)
    assert _state(round, "52") == ProvinceState.RECEIVED

    def came(sha: str, **fields: Any) -> None:
        ReceivedPackage.objects.create(
            round=round,
            region=Region.objects.get(code="53"),
            file="x",
            file_name="x",
            size=1,
            sha256=sha * 64,
            received_by=actor,
            received_at=AT,
            **fields,
        )

    came("a", problems=[["handover_log", "audit.jsonl", "x"]])
    assert _state(round, "53") == ProvinceState.REFUSED
    came("b")
    assert _state(round, "53") == ProvinceState.WAITING
    came("c", accepted=True, taken_at=AT)
    assert _state(round, "53") == ProvinceState.RECEIVED


def test_the_list_shows_all_or_one_state(client: Client, national: tuple[Round, User]) -> None:
    make_round(region_code="52", state=State.SCORING)
    client.force_login(national[1])

    page = client.get(_url("provinces"))
    assert [row[0]["url"] for row in page.context["rows"]] == [_url("province", code="52")]
    assert [row[0]["url"] for row in page.context["quiet"]] == [_url("province", code="53")]
    rows = client.get(_url("provinces"), {"keadaan": "under_way"}).context["rows"]
    assert [row[0]["url"] for row in rows] == [_url("province", code="52")]
    only = client.get(_url("provinces"), {"keadaan": "not_started"})
    assert (len(only.context["rows"]), only.context["quiet"]) == (1, [])
    assert len(client.get(_url("provinces"), {"keadaan": "entah"}).context["quiet"]) == 1


def test_what_waits_for_somebody_here_stands_first(client: Client, national: tuple[Round, User]) -> None:
    make_round(region_code="52", state=State.SCORING)
    _received(small_package(), national)
    client.force_login(national[1])
    rows = client.get(_url("provinces")).context["rows"]
    assert [row[0]["url"] for row in rows] == [_url("province", code=code) for code in ("53", "52")]


def test_the_cards_count_every_province_once(client: Client, national: tuple[Round, User]) -> None:
    make_round(region_code="52", state=State.NOMINATION)
    award = make_award(make_round(region_code="51", state=State.ANNOUNCED))
    make_stored(award.round, sent_by=national[1], sent_at=AT, sent_how="kurir")
    make_forwarding(make_award(make_round(region_code="54", state=State.ANNOUNCED)))
    client.force_login(national[1])

    page = client.get(_url("provinces"))

    assert {stat["url"]: stat["value"] for stat in page.context["stats"]} == {
        "?keadaan=received": 1,
        "?keadaan=waiting": 0,
        "?keadaan=refused": 0,
        "?keadaan=sent": 1,
        "?keadaan=under_way": 1,
        "?keadaan=not_started": 1,
    }
    for stat in page.context["stats"]:
        assert len(client.get(_url("provinces") + stat["url"]).context["rows"]) == stat["value"]


def test_a_province_shows_who_came_here_without_a_file(client: Client, national: tuple[Round, User]) -> None:
    forwarding = make_forwarding(make_award(make_round(region_code="52", state=State.ANNOUNCED)))
    client.force_login(national[1])

    page = client.get(_url("province", code="52"))

    ((name, category, title, came),) = page.context["winners"]
    assert name["text"] == str(forwarding.nomination)
    assert name["url"].endswith(f"/nomine/{forwarding.nomination.number}/")
    assert (category["text"], title["text"]) == (forwarding.nomination.category.name, forwarding.award.title)
    assert str(forwarding.forwarded_by) in came["note"]
    assert client.get(_url("province", code="53")).context["winners"] == []


def test_a_province_shows_who_came_by_package(client: Client, national: tuple[Round, User]) -> None:
    package = trusted(_received(_package(), national), national[1])
    take_package(package=package, actor=national[1], at=AT)
    client.force_login(make_user(Role.CHAIR, round=national[0]))

    ((name, *_rest, came),) = client.get(_url("province", code="53")).context["winners"]

    assert (name["text"], "1" in str(came["text"])) == ("Desa Cakra (contoh)", True)


def _received(content: bytes, national: tuple[Round, User]) -> ReceivedPackage:
    return receive_package(round=national[0], content=content, file_name="u.zip", actor=national[1], at=AT)


def test_the_zones_page_tells_of_packages_that_wait(client: Client, national: tuple[Round, User]) -> None:
    package = _received(_package(), national)
    client.force_login(national[1])
    page = client.get(_url("zones"))
    assert [one["url"] for one in page.context["waiting"]] == [_url("received_package", package_id=package.pk)]
    assert page.context["gap_rows"] == []

    national[0].categories.update(receives="lain")
    ((place, category, _takers),) = client.get(_url("zones")).context["gap_rows"]
    assert (place["text"], category["text"], bool(place["note"])) == (str(package.region), "Desa", True)

    client.force_login(make_user(Role.PANEL_MEMBER, round=national[0]))
    page = client.get(_url("zones"))  # a member may not open packages
    assert (page.context["waiting"], len(page.context["gap_rows"])) == ([], 1)
    take_package(package=_taken_over(package, national), actor=national[1], at=AT)
    assert waiting_packages(national[0]) == []


def _taken_over(package: ReceivedPackage, national: tuple[Round, User]) -> ReceivedPackage:
    national[0].categories.update(receives="")
    return trusted(package, national[1])


def test_it_costs_the_same_for_three_and_for_thirty_eight_provinces(
    client: Client, national: tuple[Round, User]
) -> None:
    client.force_login(national[1])
    costs = []
    for part in (PROVINCES[:2], PROVINCES[2:37]):
        for code, _ in part:
            make_round(region_code=code, state=State.SCORING)
            ProvinceReminder.objects.create(
                edition=national[0].edition,
                region=Region.objects.get(code=code),
                way="phone",
                sent_by=national[1],
                sent_at=AT,
            )
            ReceivedPackage.objects.create(
                round=national[0],
                region=Region.objects.get(code=code),
                file="x",
                file_name="x",
                size=1,
                sha256=code.ljust(64, "0"),
                received_by=national[1],
                received_at=AT,
            )
        with CaptureQueriesContext(connection) as captured:
            page = client.get(_url("provinces"))
        costs.append((len(page.context["rows"]) + len(page.context["quiet"]), len(captured)))

    assert [count for count, _ in costs] == [3, 38]
    assert costs[0][1] == costs[1][1] <= 20


def test_the_page_names_whom_it_reaches_before_it_reminds(
    client: Client, national: tuple[Round, User], settings: Any
) -> None:
    make_user(Role.SECRETARIAT, round=make_round(region_code="53"), email="sekretariat@contoh.id")
    make_region("50", "Provinsi Lima Puluh")
    client.force_login(national[1])
    url = _url("remind_provinces")
    assert url in client.get(_url("provinces")).content.decode()
    facts = [fact["value"] for fact in client.get(url).context["facts"]]
    assert facts == [Region.objects.get(code="53").name, "Provinsi Lima Puluh"]
    assert client.post(url, {"cara": "phone"}).status_code == 422
    settings.EMAIL_BACKEND = NO_MAIL
    assert client.post(url, {"cara": "mail"}).status_code == 422

    assert client.post(url, {"cara": "letter", "catatan": "Surat 12"}).status_code == 302

    assert ProvinceReminder.objects.count() == 2
    client.force_login(make_user(Role.CHAIR, round=national[0]))
    assert client.get(url).status_code == 403


def test_the_page_of_a_province_reminds_it(client: Client, national: tuple[Round, User]) -> None:
    client.force_login(national[1])
    url = _url("province", code="53")
    assert client.get(url).status_code == 200
    assert client.post(url, {"cara": "surat"}).status_code == 422

    client.post(url, {"cara": "phone", "catatan": "Ibu Ani (contoh)"})

    assert "Ibu Ani (contoh)" in client.get(url).content.decode()
    assert client.get(_url("province", code="99")).status_code == 404


@pytest.mark.parametrize("role", [Role.CHAIR, Role.AUDITOR])
def test_chair_and_auditor_look_and_do_nothing(client: Client, national: tuple[Round, User], role: Role) -> None:
    client.force_login(national[1])
    _bring(client, small_package())
    where = {"package_id": ReceivedPackage.objects.get().pk}
    client.force_login(make_user(role, round=national[0]))

    for name, kwargs in (("provinces", {}), ("province", {"code": "53"}), ("received_package", where)):
        assert client.get(_url(name, **kwargs)).status_code == 200
    for name, kwargs in (("bring_package", {}), ("province", {"code": "53"}), ("received_package", where)):
        assert client.post(_url(name, **kwargs)).status_code == 403
    assert client.get(_url("accept_key", **where)).status_code == 403


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.PANEL_MEMBER, Role.PLATFORM_ADMIN])
def test_others_are_kept_out(client: Client, national: tuple[Round, User], role: Role) -> None:
    other = make_user(role, round=national[0])
    client.force_login(other)
    assert client.get(_url("provinces")).status_code == 403
    with pytest.raises(NotPermitted):
        remind_province(
            round=national[0], region=Region.objects.get(code="53"), way="phone", note="", actor=other, at=AT
        )


def test_a_province_has_no_such_pages(client: Client, national: tuple[Round, User]) -> None:
    round = make_round(region_code="52")
    client.force_login(make_user(Role.SECRETARIAT, round=round))
    assert client.get(_url("provinces")).status_code == 404
    own = reverse("judging:provinces", kwargs={"year": 2024, "scope": "52"})
    assert client.get(own).status_code == 403
    client.force_login(make_user(Role.NATIONAL_SECRETARIAT, round=round))
    assert client.get(own).status_code == 403


def test_a_package_of_another_years_round_is_not_found(client: Client, national: tuple[Round, User]) -> None:
    client.force_login(national[1])
    _bring(client, small_package())
    later = make_round(year=2025, region_code=None, state=State.NOMINATION)
    make_category(later, "desa")
    client.force_login(make_user(Role.NATIONAL_SECRETARIAT, round=later))
    where = {"year": 2025, "scope": "nasional", "package_id": ReceivedPackage.objects.get().pk}
    assert client.get(reverse("judging:received_package", kwargs=where)).status_code == 404
