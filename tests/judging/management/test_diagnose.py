"""The diagnostics of a stored run from the command line."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from judging.core import diagnostics, package
from judging.models import RuleSet, TabulationPart
from tests.factories.decided import make_decided
from tests.factories.scored import make_scored_round
from tests.factories.world import AT

pytestmark = pytest.mark.django_db


def test_diagnose_says_of_each_frozen_part_what_the_core_says(tmp_path: Path) -> None:
    scored = make_scored_round()
    rules = RuleSet.objects.get()
    RuleSet.objects.create(
        round=scored.round,
        number=2,
        content=rules.content,
        content_hash=rules.content_hash,
        divergence_limit=5,
        created_at=AT,
    )
    make_decided(scored)
    out = StringIO()
    call_command("diagnose", "2024/53", stdout=out)
    found = json.loads(out.getvalue())
    assert set(found) == {"kategori-pemda", "kategori-desa", "umum-umum"}
    stored = json.loads(TabulationPart.objects.get(category=scored.category).input)
    expected = diagnostics.answer(diagnostics.diagnose(package.read(stored), limit=5))
    assert found["kategori-pemda"] == json.loads(json.dumps(expected))
    assert found["kategori-pemda"]["divergence"]
    call_command("diagnose", "2024/53", "--output", str(tmp_path / "a" / "d.json"), stdout=StringIO())
    assert json.loads((tmp_path / "a" / "d.json").read_text()) == found


def test_diagnose_before_the_plenary_or_without_a_round_says_nothing() -> None:
    make_scored_round()
    for scope in ("2024/53", "2024/52"):
        out = StringIO()
        with pytest.raises(CommandError):
            call_command("diagnose", scope, stdout=out)
        assert out.getvalue() == ""
