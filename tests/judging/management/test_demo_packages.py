"""The packages of the demo's other provinces, made in databases of their own, hold by the verifier of today."""

import hashlib
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from judging.core.verifier_handover import Package, verify_package
from judging.management.demo.facts import PROVINCES, facts_of_national, facts_of_province
from judging.management.demo.national import package_files
from judging.services.panels import panel_document
from judging.services.rubrics import sample_documents
from judging.services.zones import zone_document
from nominees.models import Level
from paritrana.kernel.seal import write_key
from tests.factories.world import make_round


def test_there_is_one_of_each_province() -> None:
    names = [file.name for file in package_files()]
    assert names == [f"usulan-2024-{code}-1.zip" for code in PROVINCES]


@pytest.mark.parametrize("code", PROVINCES)
def test_it_verifies_with_its_own_key_and_holds_the_quota(code: str, tmp_path: Path) -> None:
    (file,) = (one for one in package_files() if f"-{code}-" in one.name)
    key = write_key(tmp_path / "kunci.pem", hashlib.sha256(f"paritrana demo {code}".encode()).digest())
    content = file.read_bytes()
    assert verify_package(content, key.fingerprint) == []
    package = Package(content)
    assert (package.manifest["province"]["code"], package.manifest["edition"]["is_demo"]) == (code, True)
    quotas = {told["code"]: told["forward_quota"] for told in facts_of_province(code).edition["categories"]}
    assert len(package.winners["winners"]) == sum(quotas.values())
    assert "contoh" in json.dumps(package.winners)


def test_the_national_round_has_a_taker_for_each_of_their_categories() -> None:
    zones = {zone["code"]: zone["provinces"] for zone in zone_document()}
    categories = facts_of_national().edition["categories"]
    for code in PROVINCES:
        for told in facts_of_province(code).edition["categories"]:
            takers = [
                one["code"]
                for one in categories
                if (one["receives"] or one["code"]) == told["code"] and (not one["zone"] or code in zones[one["zone"]])
            ]
            assert len(takers) == 1, told["code"]


def test_the_national_panel_and_rubrics_are_its_own() -> None:
    seats = panel_document(Level.NATIONAL)["seats"]
    assert [seat["code"] for seat in seats] == [told["seat"] for told in facts_of_national().people["panel"]]
    assert len(seats) == 9
    names = [sample["name"] for sample in sample_documents(Level.NATIONAL)]
    assert len(names) == 2
    assert all("bukan bobot resmi" in name for name in names)


@pytest.mark.django_db
def test_a_province_wants_a_database_of_its_own(tmp_path: Path) -> None:
    make_round()
    with pytest.raises(CommandError):
        call_command("demo_province", "81", out=tmp_path)
    assert not list(tmp_path.iterdir())


def test_whose_claims_the_story_corrects_and_refutes_came_with_a_package() -> None:
    winners = [row for file in package_files() for row in Package(file.read_bytes()).winners["winners"]]
    by_name = {row["nominee"]["name"]: row for row in winners}
    story = facts_of_national().story
    (counts,) = by_name[story["corrected"]["nominee"]]["indicators"]
    assert counts["count"] > story["corrected"]["less"]
    assert by_name[story["refuted"]["nominee"]]["summary"]
