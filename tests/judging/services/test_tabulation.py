"""A frozen run names everything that it rests on."""

import json

import pytest
from django.db import transaction

from judging.core.problem import ENGINE
from judging.services.tabulation import freeze_anew, freeze_tabulation
from nominees.core.lifecycle import State
from paritrana import __version__
from paritrana.audit.models import AuditEvent
from tests.factories.scored import make_scored_round
from tests.factories.world import AT

pytestmark = pytest.mark.django_db


def test_a_run_names_inputs_rules_engine_and_software_in_its_row_and_in_the_log():
    scored = make_scored_round(state=State.PLENARY)
    with transaction.atomic():
        first = freeze_tabulation(round=scored.round, actor=scored.chair, at=AT)
        second = freeze_anew(tabulation=first, round=scored.round, actor=scored.chair, at=AT)
    for run in (first, second):
        assert (run.engine_version, run.software_version) == (ENGINE, __version__)
    payloads = [json.loads(event.payload) for event in AuditEvent.objects.filter(action="tabulation.frozen")]
    for payload in payloads:
        assert (payload["engine"], payload["software"]) == (ENGINE, __version__)
        assert payload["rules"] == first.rules.content_hash
        assert set(payload["parts"]["category:pemda"]) == {"input", "answer"}
    assert len(payloads) == 2
