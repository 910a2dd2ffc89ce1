"""The open format of published results: one text for one result, and nothing in it that is not shown."""

import hashlib
import json
from dataclasses import replace

import pytest

from judging.core.publication import (
    CATEGORY,
    POOL,
    Correction,
    Other,
    Part,
    Results,
    Settled,
    Special,
    Step,
    Winner,
    canonical,
    document,
    read,
    same_result,
)

FIRST = Winner(place=1, title="Terbaik I", name="Kabupaten Ende (contoh)", total="84.74")
RESULTS = Results(
    version=2,
    year=2024,
    edition="Paritrana Award 2024",
    level="provincial",
    place_code="53",
    place="Provinsi Nusa Tenggara Timur",
    zone="Asia/Makassar",
    published_at="2025-07-21T11:00:00Z",
    visible_from="2025-07-21T12:00:00Z",
    parts=(
        Part(CATEGORY, "pemda", "Pemerintah Daerah", (FIRST,), (Other("Kabupaten Alor (contoh)"),)),
        Part(POOL, "pemda", "Umum"),
    ),
    specials=(Special("Inovasi", "Provinsi Bali (contoh)", "perlindungan pekerja rentan"),),
    reason="ejaan nama",
    mark="CONTOH: bukan hasil sebenarnya",
    ceremony_on="2025-07-21",
    ceremony_place="Kupang",
    minutes="BA-01/2025",
    decided_on="2025-07-03",
    corrections=(Correction("1", "2025-07-05"),),
    shows_totals=True,
    shows_unplaced=True,
    words="Selamat.\nSekali lagi.",
    contact="Biro Kesra",
    tabulation=1,
    rules=3,
    engine="mesin 1",
)


def test_what_is_written_is_read_back() -> None:
    assert read(canonical(RESULTS)) == RESULTS


def test_the_text_is_ascii_sorted_without_blanks_and_always_the_same() -> None:
    text = canonical(replace(RESULTS, words="“Selamat” – 中"))

    assert text.isascii()
    assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"))
    assert canonical(RESULTS) == canonical(read(canonical(RESULTS)))


def test_the_format_stays_what_others_read() -> None:
    digest = hashlib.sha256(canonical(RESULTS).encode("ascii")).hexdigest()

    assert digest == "32a6d921ab69a913a038f2beaaa4f2a24be7c113f37032577a6e1bdfb0befe99"


def test_what_settled_equal_totals_is_read_back_and_not_there_where_totals_are_not_shown() -> None:
    by = (Step("criterion", "Inovasi"), Step("chair"))
    told = replace(RESULTS, parts=(replace(RESULTS.parts[0], settled=(Settled("84.74", by),)), RESULTS.parts[1]))

    assert read(canonical(told)) == told
    assert ["settled" in part for part in document(told)["parts"]] == [True, False]
    assert "settled" not in canonical(replace(told, shows_totals=False))
    assert not same_result(told, RESULTS)


@pytest.mark.parametrize(("totals", "unplaced"), [(False, False), (True, False), (False, True), (True, True)])
def test_what_is_not_shown_is_not_in_the_document(*, totals: bool, unplaced: bool) -> None:
    found = document(replace(RESULTS, shows_totals=totals, shows_unplaced=unplaced))

    part = found["parts"][0]
    assert ("total" in part["winners"][0]) is totals
    assert ("others" in part) is unplaced
    assert ("84.74" in json.dumps(found)) is totals
    assert ("Kabupaten Alor" in json.dumps(found)) is unplaced


def test_a_category_and_a_pool_of_one_code_have_addresses_of_their_own() -> None:
    assert [part.slug for part in RESULTS.parts] == ["kategori-pemda", "umum-pemda"]
    assert RESULTS.part("umum-pemda") is RESULTS.parts[1]
    assert RESULTS.part("pemda") is None


def test_number_reason_and_times_make_no_other_result() -> None:
    later = replace(RESULTS, version=3, reason="lain", published_at="", visible_from="")

    assert same_result(RESULTS, later)
    assert not same_result(RESULTS, replace(RESULTS, words="lain"))
    assert not same_result(RESULTS, replace(RESULTS, corrections=()))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "paritrana.results/2"}'])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises((KeyError, ValueError, TypeError)):
        read(text)
