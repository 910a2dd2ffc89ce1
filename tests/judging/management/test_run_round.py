"""A round is carried from scores to documents by command; a second run changes nothing and says so."""

import hashlib
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from judging.models import Award, Decision, Document, PlenaryAttendance
from judging.selectors.plenary import plenary_in_force
from judging.services.decisions import Votes, settle_tie
from nominees.core.lifecycle import State
from nominees.models import Round
from paritrana.audit.models import AuditEvent
from tests.factories.awards import quick_papers
from tests.factories.scored import Scored, make_scored_round
from tests.factories.world import AT, PASSWORD

pytestmark = pytest.mark.django_db
SCOPE = "2024/53"


@pytest.fixture
def scored(monkeypatch: pytest.MonkeyPatch) -> Scored:
    quick_papers(monkeypatch)
    for whose in ("CHAIR", "SECOND"):
        monkeypatch.setenv(f"PARITRANA_{whose}_PASSWORD", PASSWORD)
    return make_scored_round()


def _run(scored: Scored, folder: Path, **options: Any) -> str:
    out = StringIO()
    arguments = {
        "documents": folder,
        "chair": scored.chair.username,
        "people": [scored.secretary.username],
        "place": "Aula (contoh)",
        "minutes": "BA-01/2025",
        "present": ["all"],
    }
    call_command("run_round", SCOPE, stdout=out, **(arguments | options))
    return out.getvalue()


def _settle(scored: Scored) -> None:
    plenary = plenary_in_force(scored.round)
    assert plenary is not None
    settle_tie(
        plenary=plenary,
        subject=scored.category,
        order=[scored.nominations[4], scored.nominations[3]],
        votes=Votes(6, 2),
        reason="cakupan pekerja rentan",
        actor=scored.secretary,
        at=AT,
    )


def _decided(scored: Scored, folder: Path) -> str:
    with pytest.raises(CommandError):
        _run(scored, folder)
    _settle(scored)
    return _run(scored, folder, present=None)


def test_an_open_tie_stops_it_before_the_decision_and_is_named(scored: Scored, tmp_path: Path) -> None:
    with pytest.raises(CommandError) as stopped:
        _run(scored, tmp_path)

    scored.round.refresh_from_db()
    assert scored.round.state == State.PLENARY
    assert PlenaryAttendance.objects.filter(present=True).count() == 9
    assert "\n- " in str(stopped.value)
    assert not Award.objects.exists()


def test_votes_from_a_file_settle_the_tie_and_carry_the_round_to_its_documents(scored: Scored, tmp_path: Path) -> None:
    votes = tmp_path / "votes.json"
    tied = [scored.nominations[4].number, scored.nominations[3].number]
    entry = {"subject": scored.category.code, "order": tied, "votes": {"for": 6, "against": 2}, "reason": "alasan uji"}
    votes.write_text(json.dumps({"ties": [entry]}))

    said = _run(scored, tmp_path / "papers", ties=votes)

    decision = Decision.objects.get()
    assert (decision.votes_for, decision.votes_against, decision.reason) == (6, 2, "alasan uji")
    assert str(scored.nominations[4]) in said
    assert "Nothing was left to do" in _run(scored, tmp_path / "papers", ties=votes)
    assert Decision.objects.count() == 1


@pytest.mark.parametrize(
    "content", ["not json", "[]", '{"ties": [{"subject": "pemda"}]}', '{"ties": [7]}', '{"ties": [{"order": ["x"]}]}']
)
def test_a_file_of_votes_that_cannot_be_read_is_refused_by_name(scored: Scored, tmp_path: Path, content: str) -> None:
    votes = tmp_path / "votes.json"
    votes.write_text(content)

    with pytest.raises(CommandError, match=r"votes\.json"):
        _run(scored, tmp_path, ties=votes)

    assert not Decision.objects.exists()


def test_it_goes_on_to_the_documents_once_the_plenary_settled_the_tie(scored: Scored, tmp_path: Path) -> None:
    said = _decided(scored, tmp_path)

    assert Round.objects.get(pk=scored.round.pk).state == State.DECIDED
    copies = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(copies) == Document.objects.count()
    sums = {hashlib.sha256(path.read_bytes()).hexdigest() for path in copies}
    assert sums == set(Document.objects.values_list("sha256", flat=True))
    assert (tmp_path / "2024-53" / "berita-acara").is_dir()
    assert all(str(award.nomination) in said and award.title in said for award in Award.objects.all())
    assert "60,33" in said


def test_a_second_run_changes_nothing_and_says_so(scored: Scored, tmp_path: Path) -> None:
    first = _decided(scored, tmp_path)
    events = AuditEvent.objects.count()
    stamps = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}

    second = _run(scored, tmp_path)

    assert "Nothing was left to do" in second
    assert "Nothing was left to do" not in first
    assert AuditEvent.objects.count() == events
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()} == stamps


@pytest.mark.parametrize(
    "options",
    [
        {"people": ["nobody-here"]},
        {"chair": None},
        {"people": []},
        {"present": ["no-such-seat"]},
        {"present": None},
    ],
)
def test_it_stops_without_the_people_it_needs(scored: Scored, tmp_path: Path, options: dict[str, Any]) -> None:
    with pytest.raises(CommandError):
        _run(scored, tmp_path, **options)

    assert not Award.objects.exists()
    assert not Document.objects.exists()


@pytest.mark.parametrize("whose", ["CHAIR", "SECOND"])
def test_a_wrong_password_decides_nothing_and_the_right_one_goes_on(
    scored: Scored, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whose: str
) -> None:
    with pytest.raises(CommandError):
        _run(scored, tmp_path)
    _settle(scored)
    monkeypatch.setenv(f"PARITRANA_{whose}_PASSWORD", "salah")

    with pytest.raises(CommandError):
        _run(scored, tmp_path)

    assert not Award.objects.exists()
    monkeypatch.setenv(f"PARITRANA_{whose}_PASSWORD", PASSWORD)
    assert _run(scored, tmp_path, second=scored.second.username)
    assert Award.objects.exists()


def test_unmet_conditions_are_all_listed(scored: Scored, tmp_path: Path) -> None:
    scored.nominations[1].sheets.update(state="draft")
    scored.nominations[2].indicators.all().delete()

    with pytest.raises(CommandError) as stopped:
        _run(scored, tmp_path)

    assert str(stopped.value).count("\n- ") >= 10
    assert str(scored.nominations[2]) in str(stopped.value)


@pytest.mark.parametrize("state", [State.PREPARATION, State.NOMINATION])
def test_a_round_that_is_not_scored_yet_is_left_alone(scored: Scored, tmp_path: Path, state: State) -> None:
    Round.objects.update(state=state)

    with pytest.raises(CommandError, match="scoring"):
        _run(scored, tmp_path)


@pytest.mark.parametrize("scope", ["2024/99", "x/53", "2024"])
def test_an_unknown_round_is_named(scope: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no round"):
        call_command("run_round", scope, documents=tmp_path)
