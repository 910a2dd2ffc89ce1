"""How certificates look: saved whole, with pictures that were drawn anew, by those and as long as they may."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.files.storage import default_storage

from judging.models import CertificateDesign, CertificateUse, DesignPicture, PictureKind
from judging.selectors.certificate_designs import DesignPictureDamaged, designs_of, look_of, picture_bytes, pictures_of
from judging.services import certificate_designs as services
from judging.services.certificate_designs import Block, Choice, add_picture, save_design, withdraw_picture
from nominees.core.lifecycle import State
from nominees.models import Round
from paritrana.accounts.models import Role, User
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories.certificates import BLOCK, chosen, drawn, make_picture
from tests.factories.world import AT, make_round, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def round() -> Round:
    return make_round(state=State.DECIDED)


@pytest.fixture
def organiser(round: Round) -> User:
    return make_user(Role.ORGANISER, round=round)


def save(round: Round, actor: User, choice: Choice, use: str = CertificateUse.AWARD) -> CertificateDesign:
    return save_design(round=round, use=use, choice=choice, actor=actor, at=AT)


def last_event() -> tuple[str, dict[str, Any]]:
    event = AuditEvent.objects.order_by("seq").last()
    assert event is not None
    return event.action, json.loads(event.payload)


def test_a_design_is_saved_with_all_that_stands_on_it(round: Round, organiser: User) -> None:
    logos = [make_picture(round, organiser, size=(width, 8)) for width in (9, 10)]
    frame = make_picture(round, organiser, PictureKind.FRAME)
    signature = make_picture(round, organiser, PictureKind.SIGNATURE, mode="RGBA")
    blocks = (Block(office="Kepala (contoh)", name="Bernadus Tefa (contoh)", picture=signature.pk), BLOCK)
    choice = chosen(
        frame="own",
        background=frame.pk,
        logos=(logos[1].pk, logos[0].pk),
        blocks=blocks,
        heading="PIAGAM (contoh)",
        dated_on=date(2025, 7, 22),
        has_room_for_signature=True,
    )

    save(round, organiser, choice)

    look = look_of(round, CertificateUse.AWARD)
    assert (look.design.frame, look.design.orientation, look.design.paper) == ("own", "portrait", "F4")
    assert look.design.background == picture_bytes(frame)
    assert look.design.logos == (picture_bytes(logos[1]), picture_bytes(logos[0]))
    assert [(one.office, bool(one.picture)) for one in look.signatures] == [
        ("Kepala (contoh)", True),
        (BLOCK.office, False),
    ]
    assert (look.heading, look.wording, look.day) == ("PIAGAM (contoh)", "sebagai", date(2025, 7, 22))
    assert look.design.room_for_signature
    action, facts = last_event()
    assert action == "certificate_design.saved"
    assert facts["signatories"] == [f"{block.office}: {block.name}" for block in blocks]
    assert len(facts["pictures"]) == 4


def test_saving_again_replaces_and_leaves_other_uses_alone(round: Round, organiser: User) -> None:
    save(round, organiser, chosen(logos=(make_picture(round, organiser).pk,)))
    save(round, organiser, chosen(frame="braid"), CertificateUse.PANEL)
    save(round, organiser, chosen(frame="modern", blocks=()))

    found = designs_of(round)
    assert {use: design.frame for use, design in found.items()} == {"award": "modern", "panel": "braid"}
    look = look_of(round, CertificateUse.AWARD)
    assert (look.design.logos, look.signatures) == ((), ())


def test_without_a_design_the_usual_words_stand(round: Round) -> None:
    look = look_of(round, CertificateUse.PARTICIPATION)
    assert (look.design.frame, look.heading, look.wording) == (
        "braid",
        "PIAGAM PARTISIPASI",
        "atas partisipasi sebagai",
    )


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"frame": "own"}, services.FrameMissing),
        ({"colour": "#ffff00"}, services.ColourUnknown),
        ({"logos": (987654321,)}, services.PictureUnknown),
        ({"blocks": (BLOCK,) * 4}, services.TooManySignatureBlocks),
        ({"blocks": (replace(BLOCK, name=""),)}, services.SignatureBlockIncomplete),
    ],
)
def test_what_cannot_be_printed_is_refused(
    round: Round, organiser: User, changes: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        save(round, organiser, chosen(**changes))
    assert not CertificateDesign.objects.exists()


def test_a_picture_stands_only_where_its_kind_belongs(round: Round, organiser: User) -> None:
    logo = make_picture(round, organiser)
    elsewhere = make_round(year=2023, state=State.DECIDED)
    other = make_picture(elsewhere, make_user(Role.ORGANISER, round=elsewhere))
    for wrong in ({"frame": "own", "background": logo.pk}, {"logos": (other.pk,)}):
        with pytest.raises(services.PictureUnknown):
            save(round, organiser, chosen(**wrong))
    with pytest.raises(services.TooManyLogos):
        save(round, organiser, chosen(logos=(logo.pk,) * 4))


def test_a_picture_is_drawn_anew_and_logged(round: Round, organiser: User) -> None:
    picture = add_picture(
        round=round, kind=PictureKind.LOGO, name=" logo.jpg ", content=drawn("JPEG"), actor=organiser, at=AT
    )
    assert picture_bytes(picture).startswith(b"\x89PNG")
    assert (picture.name, picture.width, picture.height) == ("logo.jpg", 12, 8)
    assert last_event() == (
        "design_picture.added",
        {"kind": "logo", "name": "logo.jpg", "sha256": picture.sha256},
    )


def test_what_is_no_picture_is_not_taken(round: Round, organiser: User) -> None:
    with pytest.raises(services.PictureNotTaken) as refused:
        add_picture(round=round, kind="logo", name="a.svg", content=b"<svg/>", actor=organiser, at=AT)
    assert refused.value.facts == {"why": "picture_kind_unknown"}
    assert not DesignPicture.objects.exists()


def test_a_file_is_removed_when_its_row_cannot_be_written(
    round: Round, organiser: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[str] = []
    save_file = default_storage.save

    def noted(name: str, content: Any) -> str:
        kept.append(save_file(name, content))
        return kept[-1]

    monkeypatch.setattr(services.default_storage, "save", noted)
    monkeypatch.setattr(services, "record", lambda **_facts: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        make_picture(round, organiser)
    assert [default_storage.exists(name) for name in kept] == [False]


def test_a_picture_is_taken_away_once_it_stands_nowhere(round: Round, organiser: User) -> None:
    logo = make_picture(round, organiser)
    signature = make_picture(round, organiser, PictureKind.SIGNATURE)
    save(round, organiser, chosen(logos=(logo.pk,), blocks=(replace(BLOCK, picture=signature.pk),)))
    assert [one.in_use for one in pictures_of(round)] == [True, True]  # type: ignore[attr-defined]
    for used in (logo, signature):
        with pytest.raises(services.PictureInUse):
            withdraw_picture(picture=used, actor=organiser, at=AT)
    save(round, organiser, chosen())

    withdraw_picture(picture=logo, actor=organiser, at=AT)

    assert last_event()[0] == "design_picture.withdrawn"
    assert list(pictures_of(round)) == [signature]
    with pytest.raises(services.PictureWithdrawnAlready):
        withdraw_picture(picture=logo, actor=organiser, at=AT)
    with pytest.raises(services.PictureUnknown):
        save(round, organiser, chosen(logos=(logo.pk,)))


def test_a_changed_file_is_told_and_never_printed(round: Round, organiser: User) -> None:
    logo = make_picture(round, organiser)
    save(round, organiser, chosen(logos=(logo.pk,)))
    with logo.file.open("wb") as file:
        file.write(b"lain")
    with pytest.raises(DesignPictureDamaged):
        look_of(round, CertificateUse.AWARD)
    default_storage.delete(logo.file.name)
    with pytest.raises(DesignPictureDamaged):
        picture_bytes(logo)


@pytest.mark.parametrize("role", [Role.CHAIR, Role.PANEL_MEMBER, Role.AUDITOR])
def test_others_change_nothing(round: Round, organiser: User, role: Role) -> None:
    logo, stranger = make_picture(round, organiser), make_user(role, round=round)
    with pytest.raises(NotPermitted):
        save(round, stranger, chosen())
    with pytest.raises(NotPermitted):
        make_picture(round, stranger)
    with pytest.raises(NotPermitted):
        withdraw_picture(picture=logo, actor=stranger, at=AT)


@pytest.mark.parametrize(
    ("state", "open_"),
    [
        (State.PREPARATION, False),
        (State.NOMINATION, True),
        (State.PLENARY, True),
        (State.ANNOUNCED, False),
        (State.CLOSED, False),
    ],
)
def test_designs_are_open_from_nomination_until_the_announcement(state: State, open_: bool) -> None:
    round = make_round(state=state)
    organiser = make_user(Role.ORGANISER, round=round)
    if open_:
        save(round, organiser, chosen())
        return
    with pytest.raises(NotPermitted) as refused:
        save(round, organiser, chosen())
    assert refused.value.facts["reason"] == "not_in_this_state"
