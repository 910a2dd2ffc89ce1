"""What was begun on a result that was then decided anew: it is refused, never finished on the old one."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from judging.models import Document, DocumentKind, Handover, Plenary
from judging.services import paper_making as making
from judging.services.documents import IssuedMeanwhile, issue_certificates, issue_minutes
from judging.services.handover import HandoverOutdated, make_handover, send_handover
from judging.services.plenary import confirm_decision, countersign
from judging.services.rounds import confirm_step_back, request_step_back
from nominees.core.lifecycle import State
from nominees.models import Pool
from tests.factories.awards import quick_papers
from tests.factories.decided import make_decided, put_first
from tests.factories.handovers import use_key
from tests.factories.scored import Scored, make_scored_round
from tests.factories.world import AT, PASSWORD

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=2)


@pytest.fixture
def scored(monkeypatch: pytest.MonkeyPatch) -> Scored:
    """A decided round without a pool of firsts: deciding it anew keeps its tabulation."""
    quick_papers(monkeypatch)
    found = make_scored_round()
    Pool.objects.filter(round=found.round).delete()
    make_decided(found)
    found.round.refresh_from_db()
    return found


def decided_anew(scored: Scored) -> None:
    """Back to the plenary by two people, another first place, and both words again."""
    change = request_step_back(
        round=scored.round, target=State.PLENARY, reason="keberatan (contoh)", actor=scored.secretary, at=AT
    )
    confirm_step_back(change=change, actor=scored.chair, at=AT)
    plenary = Plenary.objects.get(tabulation__round=scored.round, tabulation__superseded_at=None)
    put_first(scored, plenary, 2, reason="bukti baru (contoh)")
    confirm_decision(plenary=plenary, password=PASSWORD, minutes_number="BA-02/2025", actor=scored.chair, at=LATER)
    countersign(plenary=plenary, password=PASSWORD, actor=scored.secretary, at=LATER)


@pytest.mark.parametrize(
    ("kind", "issue"), [(DocumentKind.CERTIFICATE, issue_certificates), (DocumentKind.MINUTES, issue_minutes)]
)
def test_papers_of_the_old_result_are_not_issued_on_the_new_one(
    scored: Scored, monkeypatch: pytest.MonkeyPatch, kind: DocumentKind, issue: Any
) -> None:
    usual = making.MADE[kind]

    def render_slowly(data: Any) -> Any:
        monkeypatch.setitem(making.MADE, kind, usual)
        decided_anew(scored)
        return usual.render(data)

    monkeypatch.setitem(making.MADE, kind, replace(usual, render=render_slowly))

    with pytest.raises(IssuedMeanwhile):
        issue(round=scored.round, actor=scored.secretary, at=AT)

    assert not Document.objects.filter(round=scored.round).exists()


def test_a_package_of_the_old_result_is_not_sent(
    scored: Scored, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    use_key(settings, tmp_path)
    issue_minutes(round=scored.round, actor=scored.secretary, at=AT)
    old = make_handover(round=scored.round, actor=scored.secretary, at=AT)
    decided_anew(scored)

    with pytest.raises(HandoverOutdated):
        send_handover(handover=old, how="kurir", actor=scored.secretary, at=LATER)

    assert not Handover.objects.exclude(sent_at=None).exists()
