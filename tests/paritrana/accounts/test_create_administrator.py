"""The command that makes the first platform administrator."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from paritrana.accounts.management.commands import create_administrator as command
from paritrana.accounts.models import Role, RoleGrant, User
from paritrana.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
STRONG = "jangkar-biru-laut-timur"


def _run(**options: Any) -> str:
    out = StringIO()
    call_command("create_administrator", "admin", stdout=out, **({"name": "Admin (contoh)"} | options))
    return out.getvalue()


def test_a_second_run_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(command.PASSWORD_VARIABLE, STRONG)

    said = [_run(), _run(name="")]

    assert said[0] == said[1] != ""
    user = User.objects.get()
    assert (user.username, user.display_name, user.check_password(STRONG)) == ("admin", "Admin (contoh)", True)
    assert (user.is_staff, user.is_superuser) == (False, False)
    assert RoleGrant.objects.get().role == Role.PLATFORM_ADMIN
    assert list(AuditEvent.objects.values_list("action", flat=True)) == ["user.created", "role.granted"]


def test_the_password_is_asked_for_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(command.PASSWORD_VARIABLE, raising=False)
    typed = iter([STRONG, "lain", STRONG, STRONG])
    monkeypatch.setattr(command, "getpass", lambda prompt: next(typed))

    with pytest.raises(CommandError):
        _run()
    assert not User.objects.exists()
    _run()
    assert User.objects.get().check_password(STRONG)


def test_a_weak_password_or_no_name_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(command.PASSWORD_VARIABLE, "pendek")
    for options in ({}, {"name": " "}):
        with pytest.raises(CommandError):
            _run(**options)
    assert not User.objects.exists()
    assert not AuditEvent.objects.exists()
