"""The downloads of package and verifier: who gets them, when, and that they are the very files."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from judging.core import verifier
from judging.services.plenary import open_plenary
from nominees.core.lifecycle import State
from paritrana.accounts.models import Role
from paritrana.audit.models import AuditEvent
from tests.factories.decided import make_decided
from tests.factories.scored import Scored, make_scored_round
from tests.factories.world import AT, make_user

pytestmark = pytest.mark.django_db
NAMES = ("package", "verifier")


def url(name: str, scored: Scored) -> str:
    return reverse(f"judging:{name}", kwargs={"year": 2024, "scope": scored.round.scope_code})


def test_what_is_downloaded_agrees_in_an_empty_folder(client: Client, tmp_path: Path) -> None:
    scored = make_scored_round()
    make_decided(scored)
    client.force_login(make_user(Role.AUDITOR, round=scored.round))
    for name, query in (("run.json", {}), ("disguised.json", {"samaran": "1"})):
        response = client.get(url("package", scored), query)
        (tmp_path / name).write_bytes(response.content)
        assert response["Content-Type"] == "application/json"
        assert response["Cache-Control"] == "private, no-store"
    program = client.get(url("verifier", scored))
    assert program.content == Path(verifier.__file__).read_bytes()
    (tmp_path / "verifier.py").write_bytes(program.content)
    for name in ("run.json", "disguised.json"):
        command = [sys.executable, "-I", "verifier.py", name]
        found = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)  # noqa: S603
        assert (found.returncode, found.stderr) == (0, ""), found.stdout


def test_both_are_attachments_and_only_one_has_pseudonyms(client: Client) -> None:
    scored = make_scored_round()
    make_decided(scored)
    client.force_login(scored.chair)
    plain, disguised = client.get(url("package", scored)), client.get(url("package", scored), {"samaran": "1"})
    assert plain["Content-Disposition"] == 'attachment; filename="paket-2024-53-1.json"'
    assert disguised["Content-Disposition"] == 'attachment; filename="paket-samaran-2024-53-1.json"'
    assert (json.loads(plain.content)["notices"], len(json.loads(disguised.content)["notices"])) == ([], 1)
    assert client.get(url("verifier", scored))["Content-Disposition"] == 'attachment; filename="verifier.py"'


@pytest.mark.parametrize("name", NAMES)
def test_before_the_plenary_nobody_gets_it(client: Client, name: str) -> None:
    scored = make_scored_round()
    for user in (scored.chair, scored.secretary, scored.member, make_user(Role.AUDITOR, round=scored.round)):
        client.force_login(user)
        assert client.get(url(name, scored)).status_code == 403


@pytest.mark.parametrize("name", NAMES)
def test_in_the_plenary_the_panel_gets_it_and_auditors_after_the_decision(client: Client, name: str) -> None:
    scored = make_scored_round()
    open_plenary(round=scored.round, place="", actor=scored.chair, at=AT)
    auditor = make_user(Role.AUDITOR, round=scored.round)
    for user, status in ((scored.member, 200), (auditor, 403)):
        client.force_login(user)
        assert client.get(url(name, scored)).status_code == status
    type(scored.round).objects.update(state=State.DECIDED)
    assert client.get(url(name, scored)).status_code == 200


@pytest.mark.parametrize("name", NAMES)
def test_another_province_gets_404_and_signed_out_goes_to_sign_in(client: Client, name: str) -> None:
    scored = make_scored_round()
    make_decided(scored)
    assert client.get(url(name, scored)).status_code == 302
    client.force_login(make_scored_round(region_code="52").chair)
    assert client.get(url(name, scored)).status_code == 404


@pytest.mark.parametrize("name", NAMES)
def test_reading_leaves_no_event_and_posting_is_refused(client: Client, name: str) -> None:
    scored = make_scored_round()
    make_decided(scored)
    client.force_login(scored.chair)
    before = AuditEvent.objects.count()
    client.get(url(name, scored))
    assert client.post(url(name, scored)).status_code == 405
    assert AuditEvent.objects.count() == before


def test_the_ranking_links_to_all_three(client: Client) -> None:
    scored = make_scored_round()
    make_decided(scored)
    client.force_login(scored.chair)
    text = client.get(url("ranking", scored)).content.decode()
    for address in (url("package", scored), f"{url('package', scored)}?samaran=1", url("verifier", scored)):
        assert f'href="{address}"' in text
