"""The first platform administrator, who gives every other login and role on pages."""

import os
from getpass import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from paritrana.accounts.models import Role, User
from paritrana.accounts.services import PasswordRefused, create_user, grant_role, require_strong
from paritrana.kernel import clock

PASSWORD_VARIABLE = "PARITRANA_ADMINISTRATOR_PASSWORD"  # noqa: S105 - the name of a variable


class Command(BaseCommand):
    """Creates the login, unless there is one of this name, and gives it the role; a second run changes nothing."""

    help = (
        "Create a login that is platform administrator, or make an existing login one. The password of a new login "
        f"is read from {PASSWORD_VARIABLE}, or asked for."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", default="", help="name with titles, needed for a new login")
        parser.add_argument("--email", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        at = clock.now()
        username = options["username"]
        with transaction.atomic():
            user = User.objects.filter(username=username).first()
            if user is None:
                user = create_user(
                    username=username,
                    display_name=_name(options["name"]),
                    email=options["email"],
                    password=_password(username),
                    actor=None,
                    at=at,
                )
            grant_role(user=user, role=Role.PLATFORM_ADMIN, actor=None, at=at)
        self.stdout.write(f"{username} is platform administrator.")


def _name(name: str) -> str:
    if not name.strip():
        raise CommandError("A new login needs --name, the name with titles.")
    return name.strip()


def _password(username: str) -> str:
    """Return the password from the environment or, typed twice, from the terminal."""
    password = os.environ.get(PASSWORD_VARIABLE, "")
    if not password:
        password = getpass(f"Password for {username}: ")
        if getpass("Once more: ") != password:
            raise CommandError("The two passwords differ. Nothing was changed.")
    try:
        require_strong(password, User(username=username))
    except PasswordRefused as refused:
        raise CommandError(refused.facts["why"]) from refused
    return password
