"""What was decided stays as it was in the database itself, whoever writes to it."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from judging.guards import GUARDS
from judging.models import Decision, DecisionKind, Document, DocumentKind
from paritrana.kernel import guards
from tests.factories.rounds import make_award
from tests.factories.world import AT, make_round, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def decided():
    award = make_award(make_round())
    chair = make_user()
    Decision.objects.create(
        round=award.round, kind=DecisionKind.TIE, votes_for=5, reason="Alasan (contoh)", decided_by=chair, decided_at=AT
    )
    Document.objects.create(
        round=award.round,
        kind=DocumentKind.CERTIFICATE,
        tabulation=award.tabulation,
        award=award,
        serial=1,
        number="1/TIM9/2025",
        title="Piagam",
        file="documents/uji.pdf",
        sha256="0" * 64,
        check_code="A" * 16,
        issued_by=chair,
        issued_at=AT,
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE judging_tabulation SET number = 9",
        "UPDATE judging_tabulation SET software_version = '9.9.9'",
        "UPDATE judging_tabulation SET engine_version = 'lain'",
        "UPDATE judging_decision SET reason = 'lain'",
        "UPDATE judging_award SET title = 'Terbaik 9'",
        "UPDATE judging_document SET sha256 = 'lain'",
        "DELETE FROM judging_document",
        "DELETE FROM judging_decision",
        "DELETE FROM judging_award",
        "DELETE FROM judging_ruleset",
        "UPDATE judging_ruleset SET divergence_limit = 99",
    ],
)
def test_the_database_refuses_to_change_what_was_decided(decided, statement):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_what_ends_a_decision_is_written_once(decided):
    for statement in (
        "UPDATE judging_decision SET withdrawn_at = '2025-06-26 00:00:00+00:00'",
        "UPDATE judging_award SET superseded_at = '2025-06-26 00:00:00+00:00'",
        "UPDATE judging_document SET revoked_at = '2025-06-26 00:00:00+00:00'",
    ):
        with connection.cursor() as cursor:
            cursor.execute(statement)
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement.split(" = ")[0] + " = NULL")


def test_no_table_of_the_record_is_emptied_at_once(decided):
    connection.check_constraints()  # PostgreSQL truncates nothing while some are still to be checked
    empty = "DELETE FROM judging_award" if connection.vendor == "sqlite" else "TRUNCATE judging_award CASCADE"
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(empty)


def last_migration(app):
    return MigrationLoader(connection).graph.leaf_nodes(app)[0][1]


def test_the_check_waits_for_the_migrations_that_install_a_guard():
    guards.remove(connection, GUARDS[:1])
    assert [error.id for error in guards.check_guards(None, ["default"])] == ["kernel.E001"]
    MigrationRecorder(connection).record_unapplied("judging", last_migration("judging"))
    assert guards.check_guards(None, ["default"]) == []
