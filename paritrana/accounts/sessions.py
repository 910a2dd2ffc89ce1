"""Sessions in the database, each found by a statement that is written once: every request asks it."""

from typing import Any, Final

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from paritrana.kernel import clock
from paritrana.kernel.compiled import CompiledQuery


def with_key(*, key: str) -> QuerySet[Session]:
    """Return the session ``key``, expired or not."""
    return Session.objects.filter(session_key=key)


WITH_KEY: Final = CompiledQuery(with_key, {"key": "stand-in-key"})


class SessionStore(db.SessionStore):
    """Django's, with that statement."""

    def _get_session_from_db(self) -> Any:
        found = WITH_KEY.rows(key=str(self.session_key))
        if found and found[0].expire_date > clock.now():
            return found[0]
        self._session_key = None
        return None
