"""The package made of a stored run: what it holds, that the verifier accepts it, and its constant cost."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from judging.core import runs, verifier
from judging.models import Tabulation, TabulationPart
from judging.selectors.packages import package_name, package_of
from judging.selectors.standings import tabulation_in_force
from judging.services.decisions import record_quorum_exception
from judging.services.plenary import open_plenary
from judging.services.votes import Votes
from paritrana.audit.selectors import head_of
from tests.factories.decided import make_decided, opened_with_votes
from tests.factories.scored import Scored, add_nominee, make_scored_round
from tests.factories.world import AT

pytestmark = pytest.mark.django_db


def in_force(scored: Scored) -> Tabulation:
    found = tabulation_in_force(scored.round)
    assert found is not None
    return found


def packed(scored: Scored, **options: Any) -> tuple[str, dict[str, Any]]:
    text = package_of(in_force(scored), **options)
    return text, json.loads(text)


def test_the_verifier_accepts_a_decided_run_and_what_is_printed_of_it() -> None:
    scored = make_scored_round()
    make_decided(scored)
    text, run = packed(scored)
    head = "{}:{}".format(*head_of("2024/53"))
    rows = TabulationPart.objects.select_related("category", "pool")
    inputs = [f"{(row.category or row.pool).code}:{row.input_hash}" for row in rows]  # type: ignore[union-attr]
    assert len(inputs) == 3
    assert verifier.verify_run(run, text, head, inputs) == []


def test_inputs_and_answers_are_the_stored_ones_to_the_byte() -> None:
    scored = make_scored_round()
    make_decided(scored)
    _, run = packed(scored)
    stored = [(row.input, row.input_hash, row.answer, row.answer_hash) for row in TabulationPart.objects.all()]
    assert [
        (runs.canonical(part["input"]), part["input_sha256"], runs.canonical(part["answer"]), part["answer_sha256"])
        for part in run["parts"]
    ] == stored


def test_it_says_what_ran_when_and_by_which_rules() -> None:
    scored = make_scored_round()
    tabulation = make_decided(scored)
    _, run = packed(scored)
    assert run["round"] == {
        "scope": "2024/53",
        "title": "Paritrana Award 2024 Tingkat Provinsi Provinsi 53",
        "zone": "Asia/Makassar",
        "is_demo": False,
    }
    assert run["tabulation"]["frozen_at"] == "2025-06-24T09:00:00+08:00"
    assert run["tabulation"]["software"] == tabulation.software_version != ""
    assert run["tabulation"]["rules"]["sha256"] == tabulation.rules.content_hash
    assert run["plenary"]["minutes_number"] == "BA-01/2025"
    assert [(part["kind"], part["code"]) for part in run["parts"]] == [
        ("category", "pemda"),
        ("category", "desa"),
        ("pool", "umum"),
    ]


def test_decisions_stand_with_votes_and_reasons_and_places_as_published() -> None:
    scored = make_scored_round()
    make_decided(scored)
    decided = packed(scored)[1]["parts"][0]["decided"]
    assert [(row["kind"], row["order"], row["votes"]["for"], row["reason"]) for row in decided["decisions"]] == [
        ("tie", ["4", "3"], 6, "cakupan pekerja rentan"),
        ("deviation", ["1", "2"], 7, "temuan lapangan"),
    ]
    assert [(row["nominee"], row["place"], row["title"], row["reason"]) for row in decided["standings"]] == [
        ("1", "1", "Terbaik I", ""),
        ("2", "2", "Terbaik II", ""),
        ("4", "3", "Terbaik III", ""),
        ("3", "4", "", ""),
        ("5", "", "", "outside"),
        ("6", "", "", "no_show"),
    ]


def test_an_exception_from_the_quorum_is_told_and_verified() -> None:
    scored = make_scored_round()
    short = add_nominee(scored, 8, seats=4)
    record_quorum_exception(nomination=short, votes=Votes(9), reason="sakit", actor=scored.secretary, at=AT)
    opened_with_votes(scored)
    text, run = packed(scored)
    first = run["parts"][0]["decided"]["decisions"][0]
    assert (first["kind"], first["order"], first["reason"]) == ("quorum", ["8"], "sakit")
    assert verifier.verify_run(run, text) == []


def test_before_the_confirmation_a_pool_of_firsts_is_only_named() -> None:
    scored = make_scored_round()
    open_plenary(round=scored.round, place="", actor=scored.chair, at=AT)
    text, run = packed(scored)
    assert (run["pending_pools"], run["plenary"]["confirmed_at"]) == (["umum"], "")
    assert [part["code"] for part in run["parts"]] == ["pemda", "desa"]
    assert verifier.verify_run(run, text) == []


def test_no_person_is_named() -> None:
    scored = make_scored_round()
    make_decided(scored)
    for disguised in (False, True):
        text, _ = packed(scored, pseudonymised=disguised)
        assert "Orang" in str(scored.chair)
        assert "Orang" not in text
        assert "Anggota" not in text


def test_with_pseudonyms_seats_are_one_set_in_all_parts_and_depend_on_the_secret_key() -> None:
    scored = make_scored_round()
    make_decided(scored)
    text, run = packed(scored, pseudonymised=True)
    names = [seat.name for seat in scored.seats]
    assert all(name in packed(scored)[0] for name in names)
    assert not any(name in text for name in names)
    assert verifier.verify_run(run, text) == []
    assert packed(scored, pseudonymised=True)[0] == text
    with override_settings(SECRET_KEY="another"):
        assert packed(scored, pseudonymised=True)[0] != text


def test_the_name_of_the_file_tells_round_and_run() -> None:
    scored = make_scored_round()
    tabulation = make_decided(scored)
    assert package_name(tabulation) == "paket-2024-53-1.json"
    assert package_name(tabulation, pseudonymised=True) == "paket-samaran-2024-53-1.json"


def test_a_package_costs_the_same_for_few_and_for_30_nominees() -> None:
    costs = []
    for region_code, more in (("53", 0), ("52", 30)):
        scored = make_scored_round(region_code=region_code)
        for number in range(10, 10 + more):
            add_nominee(scored, number)
        make_decided(scored)
        tabulation = in_force(scored)
        with CaptureQueriesContext(connection) as queries:
            package_of(tabulation)
        costs.append(len(queries))
        assert not [each for each in queries if each["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert costs[0] == costs[1]
