"""The worker is killed in the middle of a schedule: the page knows, and what it had found can be taken."""

import os
import subprocess
import sys
import time
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.db import connection

from judging.models import RunKind, RunState, ScheduleRun
from judging.selectors.schedule_plans import plan_of
from judging.selectors.schedule_runs import LEASE, state_of
from judging.services.schedule_runs import start_run, take_run
from paritrana.kernel import clock
from tests.factories.schedule import make_prepared
from tests.factories.world import AT, make_nomination

from .postgres import ROOT
from .slowness import slowness

pytestmark = pytest.mark.usefixtures("shared_database")
#: Seconds until a worker has begun, on a machine that does nothing else.
BEGIN = 15


def database_url() -> str:
    """The database of this test, for another process."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    if found["HOST"].startswith("/"):  # a socket in this folder
        return f"postgres:///{found['HOST']}/{found['NAME']}"
    who = f"{quote(found['USER'])}:{quote(found['PASSWORD'], safe='')}"
    return f"postgres://{who}@{found['HOST']}:{found['PORT']}/{found['NAME']}"


def wait_for_a_step(run: ScheduleRun) -> None:
    """Wait until the worker has written a schedule down."""
    until = time.monotonic() + max(BEGIN, BEGIN * slowness())
    while not run.steps.exists():
        assert time.monotonic() < until
        time.sleep(0.1)
    run.refresh_from_db()


def test_a_worker_that_is_killed_leaves_the_best_it_had() -> None:
    world = make_prepared()
    for number in range(3, 13):
        make_nomination(world.category, region_code=f"53.{number:02}")
    before = AT - timedelta(days=1)
    asked = {"round": world.round, "kind": RunKind.SOLVE, "seconds": 60, "seed": 0, "options": {}}
    run = start_run(**asked, actor=world.secretary, at=before)
    environment = os.environ | {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "tests.faults.settings"}
    with subprocess.Popen([sys.executable, "-m", "tests.faults.thorough_worker"], cwd=ROOT, env=environment) as worker:
        try:
            wait_for_a_step(run)
        finally:
            worker.kill()
    assert run.state == RunState.RUNNING
    assert state_of(run, at=clock.now()) == RunState.RUNNING
    later = clock.now() + LEASE
    assert state_of(run, at=later) == RunState.FAILED
    ScheduleRun.objects.filter(pk=run.pk).update(asked_at=later)  # its interview days are long over
    take_run(run=run, actor=world.secretary, at=later)
    assert len(plan_of(world.round)) == 12
    run.refresh_from_db()
    assert (run.state, run.error) == (RunState.FAILED, "worker_lost")
