"""Statements that write, written once: the same rows as Django's own save and update leave."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from paritrana.accounts.models import User
from paritrana.audit.models import AuditHead
from paritrana.kernel.compiled_writes import Change, CompiledInsert, CompiledUpdate

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 22, 9, 41, 0, 123456, tzinfo=UTC)


def renamed(*, user: int, name: str, at: datetime) -> Change[User]:
    return Change(User.objects.filter(pk=user), {"display_name": name, "last_login": at, "phone": ""})


RENAMED = CompiledUpdate(renamed, {"user": 31001, "name": "stand-in", "at": datetime(1, 1, 1, tzinfo=UTC)})


@pytest.mark.parametrize("name", ["Ama Kolo (contoh)", "%s", "'; DROP TABLE x; --"])
def test_inserted_row_is_the_instance_and_its_key_is_told(name: str) -> None:
    for username in ("satu", "dua"):
        user = User(username=username, display_name=name, last_login=AT)
        with CaptureQueriesContext(connection) as queries:
            assert CompiledInsert(User).save(user) is user
        assert len(queries) == 1
        found = User.objects.get(username=username)
        assert (found.pk, found.display_name, found.last_login) == (user.pk, name, AT)
        assert not user._state.adding


def test_key_that_is_no_number_is_inserted_as_given_and_only_once() -> None:
    heads = CompiledInsert(AuditHead)
    heads.save(AuditHead(chain="2024/53", hash="0" * 64))
    with pytest.raises(IntegrityError), transaction.atomic():
        heads.save(AuditHead(chain="2024/53", hash="1" * 64))
    assert AuditHead.objects.get().hash == "0" * 64


def test_update_changes_the_rows_that_it_names_and_counts_them() -> None:
    users = [User.objects.create(username=name, display_name=name, phone="0812") for name in ("satu", "dua")]
    for user, name in zip(users, ("%s", "Ama Kolo (contoh)"), strict=True):
        with CaptureQueriesContext(connection) as queries:
            assert RENAMED.update(user=user.pk, name=name, at=AT) == 1
        assert len(queries) == 1
    assert RENAMED.update(user=0, name="tak seorang pun", at=AT) == 0
    rows = User.objects.order_by("pk").values_list("display_name", "last_login", "phone")
    assert list(rows) == [("%s", AT, ""), ("Ama Kolo (contoh)", AT, "")]


def test_stand_in_that_is_not_in_the_statement_is_refused() -> None:
    def careless(*, user: int, name: str) -> Change[User]:
        return Change(User.objects.filter(pk=user), {"phone": ""})

    with pytest.raises(ValueError, match="name"):
        CompiledUpdate(careless, {"user": 31001, "name": "stand-in"}).update(user=1, name="x")
