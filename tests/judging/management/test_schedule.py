"""The command that makes and checks schedules says what the module says."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from judging.core.scheduling.__main__ import main
from judging.management.commands.schedule import Command

EXAMPLE = str(Path(__file__).parents[2] / "golden" / "schedule-1.json")


def test_the_command_answers_as_the_module_does(capsys):
    assert main(["--greedy", EXAMPLE]) == 0
    expected = json.loads(capsys.readouterr().out)
    call_command("schedule", EXAMPLE, "--greedy")
    told = json.loads(capsys.readouterr().out)
    assert told | {"seconds": 0} == expected | {"seconds": 0}
    with pytest.raises(SystemExit) as left:
        Command().run_from_argv(["manage.py", "schedule", "--greedy", EXAMPLE])
    assert left.value.code == 0
    assert json.loads(capsys.readouterr().out)["assignments"] == expected["assignments"]


def test_a_file_that_is_not_there_is_refused(capsys):
    with pytest.raises(CommandError) as refused:
        call_command("schedule", "tidak-ada.json")
    assert refused.value.returncode == 2
    assert "tidak-ada.json" in capsys.readouterr().err
