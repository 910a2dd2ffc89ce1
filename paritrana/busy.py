"""Says that nothing can be saved just now, where the database is busy for too long."""

from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from paritrana.kernel.transactions import DatabaseBusy

#: Seconds after which the same may be sent again.
RETRY_AFTER = 10


class BusyMiddleware:
    """Answers 503 where a transaction could not begin. It was not begun, so that the same request may come again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the page for a busy database; it asks the database for nothing. Other errors are left to fail."""
        if not isinstance(exception, DatabaseBusy) and not _is_locked(exception):
            return None
        page = render_to_string("503.html")
        return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"})


def _is_locked(exception: Exception) -> bool:
    """Whether SQLite waited in vain for somebody who writes outside of the line."""
    return isinstance(exception, OperationalError) and "database is locked" in str(exception)
