"""The package from the command line."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from judging.core import verifier
from judging.selectors.packages import package_of
from judging.selectors.standings import tabulation_in_force
from tests.factories.decided import make_decided
from tests.factories.scored import make_scored_round

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("options", "disguised"), [([], False), (["--pseudonymised"], True)])
def test_export_run_writes_the_package_that_the_page_offers(
    tmp_path: Path, options: list[str], disguised: bool
) -> None:
    scored = make_scored_round()
    make_decided(scored)
    written = tmp_path / "hasil" / "run.json"
    call_command("export_run", "2024/53", "--output", str(written), *options)
    tabulation = tabulation_in_force(scored.round)
    assert tabulation is not None
    text = written.read_bytes().decode("ascii")
    assert text == package_of(tabulation, pseudonymised=disguised)
    assert verifier.verify_run(json.loads(text), text) == []


def test_export_run_before_the_plenary_or_without_a_round_writes_nothing(tmp_path: Path) -> None:
    make_scored_round()
    for scope in ("53", "52"):
        with pytest.raises(CommandError):
            call_command("export_run", f"2024/{scope}", "--output", str(tmp_path / "run.json"))
    assert not (tmp_path / "run.json").exists()
