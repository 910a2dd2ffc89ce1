"""Who is signed in, found by a statement that is written once: every request asks it."""

from typing import Any, Final

from django.contrib.auth.backends import ModelBackend
from django.db.models import QuerySet

from paritrana.kernel.compiled import CompiledQuery

from .models import User


def with_id(*, user: int) -> QuerySet[User]:
    """Return the person with the id ``user``."""
    return User.objects.filter(pk=user)


WITH_ID: Final = CompiledQuery(with_id, {"user": 31001})


class AccountBackend(ModelBackend):
    """Django's, with that statement."""

    def get_user(self, user_id: Any) -> User | None:
        """Return the person of a session, or ``None`` for who may not sign in any more."""
        found = WITH_ID.rows(user=int(user_id))
        return found[0] if found and self.user_can_authenticate(found[0]) else None
