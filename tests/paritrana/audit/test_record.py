"""Events are chained, and the database keeps them as they are."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, connection, transaction

from paritrana.accounts.audit_actions import USER_CREATED
from paritrana.audit.actions import UnknownAction
from paritrana.audit.guards import GUARDS
from paritrana.audit.models import AuditEvent, AuditHead
from paritrana.audit.record import LOCKED_HEAD, locked_head, record
from paritrana.audit.selectors import exported, head_of, verified
from paritrana.kernel import guards
from tests.factories.world import AT, make_user

pytestmark = pytest.mark.django_db


def _three_events() -> list[AuditEvent]:
    user = make_user()
    return [
        record(action=USER_CREATED, actor=user, at=AT, target=user, chain="2024/53", payload={"n": n}) for n in range(3)
    ]


def test_events_are_chained_and_the_head_follows() -> None:
    events = _three_events()

    assert [event.seq for event in events] == [1, 2, 3]
    assert [event.prev_hash for event in events[1:]] == [event.hash for event in events[:-1]]
    assert head_of("2024/53") == (3, events[-1].hash)
    assert verified("2024/53") is None


def test_chains_are_independent() -> None:
    _three_events()
    user = make_user()

    other = record(action=USER_CREATED, actor=None, at=AT, target=user, chain="2024/52")

    assert (other.seq, other.actor_name) == (1, "sistem")


def test_an_unregistered_action_is_refused() -> None:
    with pytest.raises(UnknownAction):
        record(action="nothing.known", actor=None, at=AT, target=make_user())


@pytest.mark.parametrize("statement", ["UPDATE audit_event SET payload = '{}'", "DELETE FROM audit_event"])
def test_the_database_refuses_to_alter_events(statement: str) -> None:
    _three_events()

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert AuditEvent.objects.count() == 3


def _tampered(statement: str) -> None:
    """Alter the log as somebody with the database in hand could: without the triggers."""
    guards.remove(connection, GUARDS)
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("statement", "seq", "problem"),
    [
        ("UPDATE audit_event SET payload = '{\"n\":9}' WHERE seq = 2", 2, "content"),
        ("UPDATE audit_event SET prev_hash = hash WHERE seq = 2", 2, "link"),
        ("DELETE FROM audit_event WHERE seq = 2", 2, "sequence"),
        ("DELETE FROM audit_event WHERE seq = 3", 3, "head"),
    ],
)
def test_every_alteration_is_found(statement: str, seq: int, problem: str) -> None:
    _three_events()
    _tampered(statement)

    found = verified("2024/53")

    assert found is not None
    assert (found.seq, found.problem) == (seq, problem)


def test_a_tail_cut_together_with_the_head_is_found_by_a_published_head(capsys: pytest.CaptureFixture[str]) -> None:
    published = (3, _three_events()[-1].hash)
    _tampered("DELETE FROM audit_event WHERE seq = 3")
    second = list(exported("2024/53"))[-1]
    AuditHead.objects.filter(chain="2024/53").update(seq=2, hash=second["hash"])

    assert verified("2024/53") is None
    with pytest.raises(CommandError, match="event 3"):
        call_command("verify_audit", "--chain", "2024/53", "--head", f"{published[0]}:{published[1]}")


def test_the_command_names_the_head_of_each_chain(capsys: pytest.CaptureFixture[str]) -> None:
    last = _three_events()[-1]

    call_command("verify_audit")

    assert f"2024/53: 3 events hold, head 3:{last.hash}" in capsys.readouterr().out


def test_every_guard_of_the_project_is_in_place_and_a_missing_one_is_reported() -> None:
    assert guards.missing(connection) == []

    guards.remove(connection, GUARDS[:1])

    assert guards.missing(connection) == [GUARDS[0]]
    assert [error.id for error in guards.check_guards(None, ["default"])] == ["kernel.E001"]


@pytest.mark.parametrize("chain", ["site", "2024/53", "stand-in-chain", "'"])
def test_statement_of_the_head_is_that_of_the_queryset(chain):
    with transaction.atomic():
        assert LOCKED_HEAD.statement(chain=chain) == locked_head(chain=chain).query.sql_with_params()


def test_the_head_follows_only_the_event_that_continues_the_chain() -> None:
    last = _three_events()[-1]
    forged = AuditEvent(**{**AuditEvent.objects.values().get(pk=last.pk), "id": None, "seq": 4, "hash": "f" * 64})
    forged.save(force_insert=True)  # continues the number, not the hash

    head = AuditHead.objects.get(chain="2024/53")
    assert (head.seq, head.hash) == (3, last.hash)
