"""The decree names who was decided; an amendment cites the minutes that it amends."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from judging.models import DecreeText
from judging.selectors.papers.amendments import amendment_data
from judging.selectors.papers.decree import CORRECTION, DRAFT, EFFECT, decree_data
from judging.selectors.papers.decree import OPEN_NUMBER as OPEN_DECREE
from judging.selectors.papers.decree_words import OPEN_NUMBER, decree_words, lines_of
from judging.selectors.standings import tabulation_in_force
from nominees.models import Round
from tests.factories.amendments import WORDS, make_amendment, make_minutes
from tests.factories.awards import make_decided_round
from tests.factories.world import AT, make_user

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=2)


@pytest.fixture
def round() -> Round:
    return make_decided_round((90, 80, 70))


def test_the_annex_is_what_was_decided(round: Round) -> None:
    tabulation = tabulation_in_force(round)
    assert tabulation is not None

    decree = decree_data(tabulation, "SK-1", AT)

    (group,) = decree.groups
    assert [(line.title, line.recipient) for line in group.lines] == [
        (award.title, str(award.nomination)) for award in round.awards.order_by("place")
    ]
    assert {line.region for line in group.lines} == {"Provinsi Provinsi 53"}
    assert (decree.number, decree.registered, decree.day) == (OPEN_DECREE, "SK-1", None)
    assert decree.clauses[0].startswith("Menetapkan penerima Paritrana Award 2024")
    assert decree.clauses[-2:] == (CORRECTION, EFFECT)
    assert decree.demo_mark == ""


def test_nothing_written_gives_examples_that_cite_the_minutes(round: Round) -> None:
    words = decree_words(round)
    assert words.issuer == words.signer_office == "Gubernur Provinsi 53"
    assert len(lines_of(words.considerations)) == len(lines_of(words.legal_basis)) == 3
    assert (words.signer_name, words.signed_on, words.place) == ("", None, "Kupang")

    minutes = make_minutes(round)

    assert f"Nomor {minutes.number} tanggal 24 Juni 2025" in decree_words(round).observations
    assert OPEN_NUMBER not in decree_words(round).observations


def test_what_is_written_is_printed_and_a_draft_says_so(round: Round) -> None:
    tabulation = tabulation_in_force(round)
    assert tabulation is not None
    DecreeText.objects.create(
        round=round, provisions="Satu.\n\n  Dua.  ", signed_on=date(2025, 7, 18), copies="Arsip", number="400/2025"
    )

    decree = decree_data(tabulation, "", AT, is_draft=True)

    assert decree.clauses[2:4] == ("Satu.", "Dua.")
    assert (decree.day, decree.copies, decree.number) == (date(2025, 7, 18), ("Arsip",), "400/2025")
    assert decree.demo_mark == DRAFT
    assert decree_data(tabulation, "400/2025", AT).registered == ""
    unsaved = replace(decree_words(round), provisions="Tiga.", issuer="Ketua Panitia (contoh)")
    preview = decree_data(tabulation, "", AT, is_draft=True, written=unsaved)
    assert (preview.clauses[2], preview.issuer) == ("Tiga.", "Ketua Panitia (contoh)")


def test_an_amendment_cites_its_minutes_and_is_dated_by_its_confirmation(round: Round) -> None:
    asked, agreed = make_user(), make_user()
    one = make_amendment(round, asked, confirmed_by=agreed, confirmed_at=LATER)

    found = amendment_data(one, "PB-1", AT)

    assert (found.number, found.serial, found.minutes_number) == ("PB-1", 1, one.minutes.number)
    assert (found.part, found.wrong, found.right, found.reason) == tuple(WORDS.values())
    assert (found.asked_by, found.asked_at) == (str(asked), AT)
    assert (found.confirmed_by, found.confirmed_at) == (str(agreed), LATER)
    assert (found.minutes_day, found.day) == (AT.date(), LATER.date())
    assert amendment_data(one, "PB-1", AT, is_draft=True).demo_mark == DRAFT
