"""Who gets which certificate, and what it says."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from judging.models import CertificateUse, Decision, DecisionKind, Plenary, Seating, SpecialAward
from judging.selectors.awards import awards_in_force
from judging.selectors.papers import certificate_previews as previews
from judging.selectors.papers.certificates import certificate_maker, panel_who_served, participants
from judging.services.certificate_designs import save_design
from nominees.core.lifecycle import State
from nominees.models import Round, Status
from paritrana.accounts.models import Role
from tests.factories.awards import make_decided_round
from tests.factories.certificates import BLOCK, chosen
from tests.factories.panel import make_member
from tests.factories.scored import submit
from tests.factories.sheets import make_seat
from tests.factories.world import AT, make_category, make_nomination, make_round, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def round() -> Round:
    return make_decided_round((90, 80, 70, 60, 50))


def special_award(round: Round) -> SpecialAward:
    plenary = Plenary.objects.get(tabulation__round=round)
    decision = Decision.objects.create(
        round=round,
        plenary=plenary,
        kind=DecisionKind.SPECIAL,
        votes_for=9,
        reason="uji",
        decided_by=plenary.opened_by,
        decided_at=AT,
    )
    return SpecialAward.objects.create(
        decision=decision,
        plenary=plenary,
        title="Piagam Khusus (contoh)",
        recipient="Pemerintah Provinsi (contoh)",
        citation="atas inovasi (contoh)",
    )


def test_nominees_whom_the_panel_met_and_who_did_not_win_took_part(round: Round) -> None:
    won = {award.nomination_id for award in awards_in_force(round)}
    others = list(round.nominations.exclude(pk__in=won).order_by("number"))
    assert won
    assert len(others) >= 2
    category = round.categories.get()
    outside = make_nomination(category, status=Status.OUTSIDE, region_code="53.81")
    for number, status in ((82, Status.NO_SHOW), (83, Status.WITHDRAWN), (84, Status.REJECTED)):
        make_nomination(category, status=status, region_code=f"53.{number}")
    make_nomination(category, status=Status.OUTSIDE, region_code="53.85", is_calibration=True)
    assert list(participants(round)) == sorted([*others, outside], key=lambda one: one.number)


def test_whoever_submitted_a_sheet_or_sat_in_the_plenary_served() -> None:
    round = make_decided_round((90, 80), absent=(2, 4, 5, 6, 7, 8, 9))
    plenary = Plenary.objects.get(tabulation__round=round)
    seats = list(round.seats.order_by("position"))
    nomination = round.nominations.order_by("number")[0]
    submit(nomination, seats[2], nomination.category.rubric.version, {"komitmen": "80", "inovasi": "80"})
    before, day = seats[2].seatings.get(), plenary.opened_at.date()
    Seating.objects.filter(pk=before.pk).update(ends_on=day - timedelta(days=1))
    substitute = make_member(seats[2], starts_on=day)
    gone = make_member(seats[3], starts_on=date(2024, 6, 1), ends_on=date(2024, 7, 1))

    served = panel_who_served(round)

    assert served == [seats[0].seatings.get(), before, substitute]
    assert gone not in served


def test_each_use_says_its_own(round: Round) -> None:
    told = []
    nominee, seating, special = participants(round)[0], panel_who_served(round)[0], special_award(round)
    for use, subject in (
        (CertificateUse.AWARD, awards_in_force(round)[0]),
        (CertificateUse.SPECIAL, special),
        (CertificateUse.PARTICIPATION, nominee),
        (CertificateUse.PANEL, seating),
    ):
        made = certificate_maker(round, AT.date(), use)(subject, "001", "0" * 16, "https://contoh.invalid/")
        told.append((made.heading, made.recipient, made.wording, made.award, made.category))
    winner = awards_in_force(round)[0]
    category = f"Kategori {round.categories.get().code}"
    assert told == [
        ("PIAGAM PENGHARGAAN", str(winner.nomination), "sebagai", winner.title, category),
        ("PIAGAM PENGHARGAAN", special.recipient, "sebagai penerima", special.title, special.citation),
        ("PIAGAM PARTISIPASI", str(nominee), "atas partisipasi sebagai", "Nomine", category),
        ("PIAGAM PENGHARGAAN", seating.name, "atas pengabdian sebagai", "Ketua Tim 9 Penilai", seating.seat.name),
    ]


def test_a_saved_design_sets_look_words_and_signatories(round: Round) -> None:
    organiser = make_user(Role.ORGANISER, round=round)
    choice = chosen(heading="PIAGAM (contoh)", place="Ende", dated_on=date(2025, 8, 1), issuing_body="Panitia (contoh)")
    save_design(round=round, use=CertificateUse.AWARD, choice=choice, actor=organiser, at=AT)
    made = certificate_maker(round, AT.date())(awards_in_force(round)[0], "001", "0" * 16, "https://contoh.invalid/")
    assert (made.heading, made.place, made.day, made.issuing_body) == (
        "PIAGAM (contoh)",
        "Ende",
        date(2025, 8, 1),
        "Panitia (contoh)",
    )
    assert [(one.office, one.name) for one in made.signatures] == [(BLOCK.office, BLOCK.name)]
    assert (made.design.frame, made.design.paper) == ("songket", "F4")


def test_a_maker_asks_the_database_once_for_any_number(round: Round) -> None:
    awards = list(awards_in_force(round))
    with CaptureQueriesContext(connection) as asked:
        make = certificate_maker(round, AT.date())
        for award in awards:
            make(award, "001", "0" * 16, "https://contoh.invalid/")
    assert len(asked) == 3


def preview(round: Round, use: str, which: str) -> str:
    return previews.words_of_preview(round, use, which).recipient


def test_a_preview_takes_the_longest_or_shortest_name_of_the_round() -> None:
    round = make_round(state=State.NOMINATION)
    sample = preview(round, CertificateUse.AWARD, previews.LONGEST)
    assert sample == previews.SAMPLES[CertificateUse.AWARD].recipient
    category = make_category(round)
    names = ("Kota Ende", "Kabupaten Timor Tengah Utara", "Kabupaten Yang Ditolak Karena Data (contoh)")
    for number, name in enumerate(names, start=1):
        status = Status.REJECTED if number == len(names) else Status.RUNNING
        nomination = make_nomination(category, status=status, region_code=f"53.0{number}")
        nomination.nominee.name = name
        nomination.nominee.save()
    for use in (CertificateUse.AWARD, CertificateUse.PARTICIPATION):
        assert preview(round, use, previews.LONGEST) == names[1]
        assert preview(round, use, previews.SHORTEST) == names[0]
        assert preview(round, use, previews.SAMPLE) == sample
    seat = make_seat(round, 1)
    assert preview(round, CertificateUse.PANEL, previews.LONGEST) == seat.seatings.get().name


def test_special_awards_stay_unknown_to_previews_until_decided(round: Round) -> None:
    special = special_award(round)
    assert preview(round, CertificateUse.SPECIAL, previews.LONGEST) == special.recipient
    round.state = State.PLENARY
    assert (
        preview(round, CertificateUse.SPECIAL, previews.LONGEST) == previews.SAMPLES[CertificateUse.SPECIAL].recipient
    )
