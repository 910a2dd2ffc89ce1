"""Papers get what the plenary decided: from scored sheets to the data of each paper."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from judging.models import Recusal, Seating, Tabulation
from judging.selectors.awards import awards_in_force
from judging.selectors.papers.certificates import certificate_maker
from judging.selectors.papers.minutes import minutes_data
from judging.selectors.papers.ranking import ranking_sheet_data
from judging.selectors.papers.workbook import workbook_data
from judging.selectors.standings import tabulation_in_force
from judging.services.decisions import Votes, record_deviation, settle_tie
from judging.services.plenary import confirm_decision, countersign, open_plenary, record_attendance
from tests.factories.panel import SINCE, make_member
from tests.factories.reopenings import REASON, advise, ask, decide
from tests.factories.saves import save
from tests.factories.scored import Scored, make_scored_round
from tests.factories.world import AT, PASSWORD

pytestmark = pytest.mark.django_db


def _decided() -> tuple[Scored, Tabulation]:
    scored = make_scored_round()
    plenary = open_plenary(round=scored.round, place="Aula (contoh)", actor=scored.chair, at=AT)
    present = {seat: seat.position != 9 for seat in scored.seats}
    record_attendance(plenary=plenary, present=present, actor=scored.secretary, at=AT)
    settle_tie(
        plenary=plenary,
        subject=scored.category,
        order=[scored.nominations[4], scored.nominations[3]],
        votes=Votes(5, 2),
        reason="cakupan pekerja rentan (contoh)",
        actor=scored.secretary,
        at=AT,
    )
    confirm_decision(
        plenary=plenary, password=PASSWORD, minutes_number="BA-01/2025", actor=scored.chair, at=AT.replace(hour=4)
    )
    countersign(plenary=plenary, password=PASSWORD, actor=scored.secretary, at=AT.replace(hour=4))
    tabulation = tabulation_in_force(scored.round)
    assert tabulation is not None
    return scored, tabulation


def test_the_ranking_sheet_shows_the_decided_places_and_what_settled_each_tie() -> None:
    scored, tabulation = _decided()
    part = tabulation.parts.get(category=scored.category)

    sheet = ranking_sheet_data(tabulation, part, "LP-01", AT)

    assert [(line.place, line.nominee, line.official_score) for line in sheet.ranked] == [
        ("1", str(scored.nominations[2]), Decimal("60.33")),
        ("2", str(scored.nominations[1]), Decimal("60.33")),
        ("3", str(scored.nominations[4]), Decimal("54.00")),
        ("4", str(scored.nominations[3]), Decimal("54.00")),
    ]
    assert "Cakupan" in sheet.ranked[0].tie_step or "bobot" in sheet.ranked[0].tie_step
    assert "keputusan pleno" in sheet.ranked[2].tie_step
    assert [line.deviation for line in sheet.ranked] == [""] * 4
    assert [cell.score for cell in sheet.ranked[1].scores] == [Fraction(100, 3), 80, 80, 75]
    assert [cell.seats for cell in sheet.ranked[3].scores] == [None, None, 8, 8]
    assert [criterion.weight for criterion in sheet.criteria] == [40, 20, 20, 20]
    assert [line.status for line in sheet.unranked] == ["Di luar peringkat", "Tidak hadir wawancara"]
    assert sheet.input_hash == part.input_hash
    assert [member.attendance for member in sheet.panel] == ["Hadir"] * 8 + ["Tidak hadir"]


def test_the_minutes_tell_who_stood_aside_and_what_was_decided() -> None:
    scored, tabulation = _decided()

    minutes = minutes_data(tabulation, "BA-01/2025", AT)

    assert (minutes.number, minutes.venue) == ("BA-01/2025", "Aula (contoh)")
    assert (minutes.started_at, minutes.ended_at) == (AT, AT.replace(hour=4))
    assert [line.nominee for line in minutes.recusals] == [str(scored.nominations[3])]
    (resolution,) = minutes.resolutions
    assert (resolution.kind, resolution.reason) == ("tie", "cakupan pekerja rentan (contoh)")
    assert resolution.nominees == (str(scored.nominations[4]), str(scored.nominations[3]))
    assert resolution.vote is not None
    assert (resolution.vote.in_favour, resolution.vote.against) == (5, 2)
    assert f"{scored.nominations[4]} pada peringkat 3" in resolution.matter
    assert [(one.category, one.nominees_ranked, one.nominees_unranked) for one in minutes.results] == [
        ("Kategori pemda", 4, 2),
        ("Kategori desa", 1, 0),
    ]
    assert [line.award for line in minutes.results[0].lines] == ["Terbaik I", "Terbaik II", "Terbaik III"]
    assert [one.nominees_ranked for one in minutes.pools] == [2]
    assert minutes.provenance.audit_events > 0


def test_a_conflict_is_told_of_whoever_declared_it_not_of_the_successor() -> None:
    _, tabulation = _decided()
    recusal = Recusal.objects.get()
    now = Seating.objects.get(seat=recusal.seat, ends_on=None)
    Seating.objects.filter(pk=now.pk).update(starts_on=AT.date())
    before = make_member(recusal.seat, starts_on=SINCE, ends_on=AT.date() - timedelta(days=1))
    Recusal.objects.update(declared_at=AT - timedelta(days=3))

    minutes = minutes_data(tabulation, "BA-01/2025", AT)

    assert [line.member for line in minutes.recusals] == [before.name]
    assert now.name in [member.name for member in minutes.panel]


def test_the_workbook_holds_every_mark_and_which_ones_counted() -> None:
    scored, tabulation = _decided()

    workbook = workbook_data(tabulation, "BK-01", AT)

    category = workbook.categories[0]
    own = [sheet for sheet in category.seat_sheets if sheet.nominee == str(scored.nominations[1])]
    assert [sheet.marks[0].value for sheet in own] == [Decimal(70), *[Decimal(80)] * 7, Decimal(100)]
    assert [sheet.marks[0].counted for sheet in own] == [False, *[True] * 7, False]
    recused = [sheet for sheet in category.seat_sheets if sheet.nominee == str(scored.nominations[3])][6]
    assert [(mark.value, mark.state, mark.counted) for mark in recused.marks] == [
        (None, "Benturan kepentingan", False)
    ] * 2
    assert len(workbook.categories) == 3


def test_a_certificate_names_recipient_title_and_signers() -> None:
    scored, _ = _decided()
    award = awards_in_force(scored.round)[0]

    made = certificate_maker(scored.round, AT.date())(award, "001", "0" * 16, "https://contoh.invalid/cek/x/")

    assert (made.recipient, made.award, made.category) == (str(scored.nominations[2]), "Terbaik I", "Kategori pemda")
    assert made.check_code == "0000-0000-0000-0000"
    assert [block.office for block in made.signatures][-1] == "Ketua Tim 9 Penilai"
    assert made.demo_mark == ""


def test_a_deviation_is_told_beside_the_computed_place() -> None:
    scored = make_scored_round()
    plenary = open_plenary(round=scored.round, place="Aula", actor=scored.chair, at=AT)
    record_attendance(plenary=plenary, present=dict.fromkeys(scored.seats, True), actor=scored.secretary, at=AT)
    record_deviation(
        plenary=plenary,
        nomination=scored.nominations[1],
        subject=scored.category,
        position=1,
        votes=Votes(6, 1),
        reason="data diperbaiki (contoh)",
        actor=scored.secretary,
        at=AT,
    )
    tabulation = tabulation_in_force(scored.round)
    assert tabulation is not None

    sheet = ranking_sheet_data(tabulation, tabulation.parts.get(category=scored.category), "LP-01", AT)

    assert sheet.ranked[0].nominee == str(scored.nominations[1])
    assert sheet.ranked[0].deviation == "Ditetapkan pleno pada peringkat 1; hasil hitungan peringkat 2."
    assert sheet.ranked[1].deviation == "Ditetapkan pleno pada peringkat 2; hasil hitungan peringkat 1."


def test_the_minutes_list_corrected_sheets_without_a_mark() -> None:
    scored = make_scored_round()
    world = {
        "nomination": scored.nominations[1],
        "member": scored.member,
        "secretariat": scored.secretary,
        "chair": scored.chair,
    }
    decide(world, advise(world, ask(world), "secretariat"))
    save(world, {"inovasi": "90", "pemahaman": "75"}, 2, "koreksi", submit=True)
    plenary = open_plenary(round=scored.round, place="Aula (contoh)", actor=scored.chair, at=AT)

    (line,) = minutes_data(plenary.tabulation, "BA-01/2025", AT).corrections

    assert (line.seat, line.nominee) == (scored.seats[1].name, str(scored.nominations[1]))
    assert (line.member, line.reason) == (scored.seats[1].seatings.get().name, REASON)
    assert (line.before, line.after) == (1, 2)
    assert (line.endorsed_by, line.granted_by) == (str(scored.secretary), str(scored.chair))
