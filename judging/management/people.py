"""People as commands name them, and their passwords."""

import os
from getpass import getpass

from django.core.management.base import CommandError

from paritrana.accounts.models import User


def named_person(username: str) -> User:
    """Return who signs in as ``username``, or raise ``CommandError``."""
    found = User.objects.filter(username=username, is_active=True).first()
    if found is None:
        raise CommandError(f"Nobody signs in as {username}.")
    return found


def password_of(user: User, variable: str) -> str:
    """Return the password of ``user`` from the environment ``variable``, else as it is typed."""
    return os.environ.get(variable) or getpass(f"Password of {user}: ")
