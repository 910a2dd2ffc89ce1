"""The look of certificates as pages: seen and changed by those who may, previewed without being saved."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from judging.models import CertificateDesign, CertificateUse, DesignPicture
from judging.models.certificate import PictureKind
from judging.services.certificate_designs import save_design
from judging.web import certificate_designs as pages
from nominees.core.lifecycle import State
from nominees.models import Nomination, Round
from paritrana.accounts.models import Role, User
from tests.factories.certificates import BLOCK, chosen, drawn, make_picture, undrawn
from tests.factories.world import AT, make_category, make_nomination, make_round, make_user

pytestmark = pytest.mark.django_db

POSTED = {
    "frame": "songket",
    "colour": "#1f5c46",
    "orientation": "portrait",
    "paper": "F4",
    "heading": "PIAGAM (contoh)",
    "wording": "sebagai",
    "office_1": BLOCK.office,
    "name_1": BLOCK.name,
    "shown": "terpanjang",
}


@pytest.fixture(autouse=True)
def _undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    undrawn(monkeypatch)


@pytest.fixture
def round() -> Round:
    round = make_round(state=State.DECIDED)
    make_nomination(make_category(round), region_code="53.01")
    return round


@pytest.fixture
def organiser(round: Round, client: Client) -> User:
    user = make_user(Role.ORGANISER, round=round)
    client.force_login(user)
    return user


def address(name: str, round: Round, **where: Any) -> str:
    return reverse(f"judging:{name}", kwargs={"year": 2024, "scope": round.scope_code, **where})


@pytest.fixture
def design_url(round: Round) -> str:
    return address("certificate_design", round, use_word="pemenang")


def test_the_page_shows_a_certificate_with_a_name_of_the_round(
    client: Client, round: Round, organiser: User, design_url: str
) -> None:
    response = client.get(design_url)
    shown = response.context["certificate"]
    assert shown["recipient"] == str(Nomination.objects.get())
    assert shown["demo_mark"] == "PRATINJAU: bukan piagam"
    assert response.context["look"]["classes"].startswith("a4 landscape braid accent-8a6d1d")
    assert shown["recipient"] in response.content.decode()
    assert client.get(address("certificate_designs", round)).context["certificate"] == shown


def test_saving_keeps_the_choice_and_goes_back(client: Client, round: Round, organiser: User, design_url: str) -> None:
    assert client.post(design_url, POSTED).status_code == 302
    saved = CertificateDesign.objects.get()
    assert (saved.use, saved.frame, saved.paper, saved.heading) == ("award", "songket", "F4", "PIAGAM (contoh)")
    assert [(one.office, one.name) for one in saved.signature_blocks.all()] == [(BLOCK.office, BLOCK.name)]
    form = client.get(design_url).context["form"]
    assert (form["frame"].value(), form["office_1"].value()) == ("songket", BLOCK.office)


def test_a_preview_is_shown_and_not_saved(client: Client, organiser: User, design_url: str) -> None:
    response = client.post(design_url, POSTED | {"preview": "1", "shown": "contoh"})
    assert response.status_code == 200
    assert response.context["look"]["classes"].startswith("f4 portrait songket accent-1f5c46")
    assert response.context["certificate"]["recipient"] == "Kabupaten Kepulauan Siau Tagulandang Biaro"
    assert response.context["certificate"]["signatures"][-1]["name"] == BLOCK.name
    assert not CertificateDesign.objects.exists()


@pytest.mark.parametrize(
    ("size", "orientation", "stretched"),
    [((297, 210), "landscape", False), ((297, 210), "portrait", True), ((300, 210), "landscape", False),
     ((310, 210), "landscape", True), ((210, 310), "portrait", True)],
)  # fmt: skip
def test_a_frame_of_other_proportions_than_the_paper_is_told(
    client: Client,
    round: Round,
    organiser: User,
    design_url: str,
    size: tuple[int, int],
    orientation: str,
    stretched: bool,
) -> None:
    frame = make_picture(round, organiser, PictureKind.FRAME, size=size)
    own = POSTED | {"frame": "own", "background": frame.pk, "orientation": orientation, "paper": "A4"}
    previewed = client.post(design_url, own | {"preview": "1"})
    assert previewed.context["is_stretched"] is stretched
    client.post(design_url, own)
    assert client.get(design_url).context["is_stretched"] is stretched


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"frame": "own"}, "background"),
        ({"frame": "garuda"}, "frame"),
        ({"colour": "#ffff00"}, "colour"),
        ({"office_2": "Kepala (contoh)"}, "name_2"),
        ({"note_3": "NIP"}, "office_3"),
        ({"logo_1": "987654321"}, "logo_1"),
        ({"dated_on": "kapan-kapan"}, "dated_on"),
    ],
)
def test_mistakes_are_told_at_their_field(
    client: Client, organiser: User, design_url: str, changes: dict[str, str], field: str
) -> None:
    response = client.post(design_url, POSTED | changes)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not CertificateDesign.objects.exists()


def test_each_use_has_its_own_look_and_words(client: Client, round: Round, organiser: User) -> None:
    awards = []
    for word in ("pemenang", "khusus", "peserta", "tim"):
        shown = client.get(address("certificate_design", round, use_word=word)).context["certificate"]
        awards.append(shown["award"])
    assert awards == ["Terbaik I", "Piagam Khusus Inovasi Perlindungan Pekerja", "Nomine", "Anggota Tim 9 Penilai"]
    assert client.get(address("certificate_design", round, use_word="lain")).status_code == 404


def test_a_name_that_does_not_fit_is_told_when_the_look_is_saved(
    client: Client, organiser: User, design_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "fits", lambda _data: False)
    response = client.post(design_url, POSTED, follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["success", "warning"]


def test_the_saved_look_opens_as_a_pdf_of_its_own(client: Client, round: Round, organiser: User) -> None:
    response = client.get(address("certificate_sample", round, use_word="tim") + "?nama=contoh")
    assert (response["Content-Type"], response["Cache-Control"]) == ("application/pdf", "private, no-store")
    assert response["Content-Disposition"] == 'inline; filename="pratinjau-piagam-tim.pdf"'
    assert b"PRATINJAU" in response.content


def test_a_pdf_that_does_not_fit_leads_back(
    client: Client, round: Round, organiser: User, design_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overfull(_data: object) -> bytes:
        raise pages.CertificateDoesNotFit

    monkeypatch.setattr(pages, "render_certificate", overfull)
    response = client.get(address("certificate_sample", round, use_word="pemenang"))
    assert (response.status_code, response["Location"]) == (302, design_url)


def bring(client: Client, round: Round, content: bytes, name: str = "lambang.png", kind: str = "logo") -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post(address("add_design_picture", round, use_word="pemenang"), {"kind": kind, "file": file})


def test_a_picture_is_brought_shown_and_taken_away(client: Client, round: Round, organiser: User) -> None:
    assert bring(client, round, drawn("JPEG")).status_code == 302
    picture = DesignPicture.objects.get()
    response = client.get(address("design_picture", round, picture_id=picture.pk))
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert response.content.startswith(b"\x89PNG")
    client.post(address("withdraw_design_picture", round, picture_id=picture.pk))
    picture.refresh_from_db()
    assert picture.withdrawn_at


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"<svg/>", "picture_kind_unknown"), (drawn("JPEG", size=(64, 64))[:-30], "picture_damaged")],
)
def test_what_is_no_picture_is_told(client: Client, round: Round, organiser: User, content: bytes, code: str) -> None:
    response = bring(client, round, content)
    assert response.status_code == 422
    assert response.context["picture_form"].errors.as_data()["file"][0].code == code
    assert not DesignPicture.objects.exists()


def test_pictures_of_other_rounds_are_unknown(client: Client, round: Round, organiser: User) -> None:
    elsewhere = make_round(year=2023, state=State.DECIDED)
    other = make_picture(elsewhere, make_user(Role.ORGANISER, round=elsewhere))
    for name, ask in (("design_picture", client.get), ("withdraw_design_picture", client.post)):
        assert ask(address(name, round, picture_id=other.pk)).status_code == 404


def test_a_damaged_picture_is_told_instead_of_a_preview(
    client: Client, round: Round, organiser: User, design_url: str
) -> None:
    logo = make_picture(round, organiser)
    save_design(round=round, use=CertificateUse.AWARD, choice=chosen(logos=(logo.pk,)), actor=organiser, at=AT)
    logo.file.delete(save=False)
    response = client.get(design_url)
    assert response.status_code == 200
    assert logo.name in response.context["preview_error"]
    assert client.get(address("design_picture", round, picture_id=logo.pk)).status_code == 404
    assert client.get(address("certificate_sample", round, use_word="pemenang")).status_code == 302


def test_after_the_announcement_the_look_is_only_read(client: Client) -> None:
    round = make_round(state=State.ANNOUNCED)
    client.force_login(make_user(Role.ORGANISER, round=round))
    url = address("certificate_design", round, use_word="pemenang")
    response = client.get(url)
    assert (response.status_code, response.context["form"], response.context["picture_form"]) == (200, None, None)
    assert client.post(url, POSTED).status_code == 403
    assert bring(client, round, drawn()).status_code == 403


@pytest.mark.parametrize("role", [Role.PANEL_MEMBER, Role.CHAIR, Role.AUDITOR])
def test_others_see_no_designs(client: Client, round: Round, design_url: str, role: Role) -> None:
    client.force_login(make_user(role, round=round))
    assert client.get(design_url).status_code == 403


def test_the_page_costs_the_same_for_many_names_and_pictures(
    client: Client, round: Round, organiser: User, design_url: str
) -> None:
    def cost(ask: Callable[[str], Any]) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert ask(design_url).status_code == 200
        return len(queries)

    make_picture(round, organiser)
    client.get(design_url)
    before = cost(client.get)
    for number in range(2, 6):
        make_nomination(round.categories.get(), region_code=f"53.0{number}")
        make_picture(round, organiser)
    assert cost(client.get) == before
