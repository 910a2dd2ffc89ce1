"""The frozen tabulation as files that the core recounts without the product."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from judging.models import TabulationPart
from judging.services.plenary import open_plenary
from tests.factories.scored import make_scored_round
from tests.factories.world import AT

pytestmark = pytest.mark.django_db


def test_tabulate_writes_what_was_frozen_and_the_core_counts_the_same(tmp_path: Path) -> None:
    scored = make_scored_round()
    open_plenary(round=scored.round, place="", actor=scored.chair, at=AT)
    call_command("tabulate", "2024/53", "--output", str(tmp_path / "hasil"))
    written = tmp_path / "hasil" / "kategori-pemda.input.json"
    part = TabulationPart.objects.get(category=scored.category)
    assert hashlib.sha256(written.read_bytes()).hexdigest() == part.input_hash
    command = [sys.executable, "-m", "judging.core", str(written)]
    recount = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603
    assert json.loads(recount.stdout) == json.loads(written.with_name("kategori-pemda.answer.json").read_text())


def test_tabulate_before_the_plenary_or_without_a_round_writes_nothing(tmp_path: Path) -> None:
    make_scored_round()
    for scope in ("53", "52"):
        with pytest.raises(CommandError):
            call_command("tabulate", f"2024/{scope}", "--output", str(tmp_path / "hasil"))
    assert not (tmp_path / "hasil").exists()
