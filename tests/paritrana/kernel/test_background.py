"""The worker: takes what waits once, bears a database that is away, and leaves when it is told to."""

import os
import signal
import sqlite3
from datetime import timedelta
from threading import Event

import pytest
from django.db import OperationalError
from django_tasks import TaskResultStatus
from django_tasks_db import DatabaseBackend
from django_tasks_db.models import DBTaskResult

from judging.tasks import compute_schedule
from paritrana.kernel import background, clock
from paritrana.kernel.background import BackgroundWorker, claimed, forget_old_tasks, leave_with, leaving

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_process(monkeypatch):
    """The connection of a test stays open, and a signal is forgotten after it."""
    monkeypatch.setattr(background, "close_old_connections", lambda: None)
    yield
    leaving.clear()


@pytest.fixture
def task():
    """A task that nobody wants any more: there is no such run."""
    return DatabaseBackend("default", {}).enqueue(compute_schedule, (), {"run": 0}).db_result


def test_a_task_is_taken_once(task):
    assert claimed("satu") == task
    assert claimed("dua") is None
    task.refresh_from_db()
    assert (task.status, task.worker_ids) == (TaskResultStatus.RUNNING, ["satu"])


def test_alone_it_does_what_waits_and_leaves(task):
    BackgroundWorker(alone=True).run()
    task.refresh_from_db()
    assert task.status == TaskResultStatus.SUCCESSFUL


def test_a_task_that_fails_keeps_its_reason_and_the_worker_goes_on(task, monkeypatch):
    def fail(*_args, **_more):
        raise ArithmeticError

    monkeypatch.setattr("judging.services.schedule_computing.compute", fail)
    BackgroundWorker(alone=True).run()
    task.refresh_from_db()
    assert (task.status, task.exception_class_path) == (TaskResultStatus.FAILED, "builtins.ArithmeticError")


def test_a_database_that_is_busy_is_asked_again_and_other_errors_are_told(monkeypatch, caplog):
    busy = sqlite3.OperationalError("database is locked")
    busy.sqlite_errorcode = sqlite3.SQLITE_BUSY
    locked = OperationalError("database is locked")
    locked.__cause__ = busy
    answers = iter([locked, ArithmeticError()])

    def claim(_worker):
        raise next(answers)

    monkeypatch.setattr(background, "claimed", claim)
    monkeypatch.setattr(background, "LOOK_AGAIN", 0)
    with pytest.raises(ArithmeticError):
        BackgroundWorker().run()
    assert "busy" in caplog.text


def test_a_signal_ends_it_at_once_or_after_the_task_and_a_second_one_in_any_case():
    worker = BackgroundWorker()
    with pytest.raises(SystemExit) as left:
        worker.shutdown(signal.SIGTERM, None)
    assert (left.value.code, leaving.is_set()) == (0, True)
    working = BackgroundWorker()
    working.running_task = True
    working.shutdown(signal.SIGTERM, None)
    assert not working.running
    before = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)}
    try:
        with pytest.raises(SystemExit):
            working.shutdown(signal.SIGTERM, None)
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def test_it_leaves_with_its_parent():
    left = Event()
    leave_with(os.getppid() + 1, left.set)
    assert left.wait(5)


def test_old_tasks_are_forgotten_and_waiting_ones_never(task):
    done = DatabaseBackend("default", {}).enqueue(compute_schedule, (), {"run": 0}).db_result
    DBTaskResult.objects.filter(pk=done.pk).update(status=TaskResultStatus.SUCCESSFUL)
    forget_old_tasks(clock.now())
    assert DBTaskResult.objects.count() == 2
    forget_old_tasks(clock.now() + timedelta(days=8))
    assert DBTaskResult.objects.get() == task


def test_between_tasks_it_looks_after_what_was_left_behind_but_not_each_time(task):
    looks = []
    worker = BackgroundWorker(alone=True, tend=lambda: looks.append(task.pk))

    worker.run()
    assert looks == []
    worker.tended -= background.TEND
    worker.run()
    assert len(looks) == 1
