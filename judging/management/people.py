"""People as commands name them."""

from django.core.management.base import CommandError

from paritrana.accounts.models import User


def named_person(username: str) -> User:
    """Return who signs in as ``username``, or raise ``CommandError``."""
    found = User.objects.filter(username=username, is_active=True).first()
    if found is None:
        raise CommandError(f"Nobody signs in as {username}.")
    return found
