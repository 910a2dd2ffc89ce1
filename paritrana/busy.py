"""Says that nothing can be done just now: the database is busy or away, or the disk is full or read-only."""

import logging
import sys
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.views.defaults import server_error

from paritrana.kernel.outages import Outage, outage_of

#: Seconds after which the same may be sent again.
RETRY_AFTER = 10

TITLES = {
    Outage.BUSY: _("Too busy just now"),
    Outage.AWAY: _("The data cannot be reached just now"),
    Outage.UNWRITABLE: _("Nothing can be saved just now"),
}
TEXTS = {
    Outage.BUSY: _(
        "What you just sent was not saved, because somebody else has been saving for too long. What was saved before"
        " is kept. Wait a moment, go back and send it again: nothing is saved twice."
    ),
    Outage.AWAY: _(
        "The database does not answer. What was saved before is kept. If you just sent something, wait a moment, go"
        " back and send it again: nothing is saved twice."
    ),
    Outage.UNWRITABLE: _(
        "The server has no room left or may not write. What was saved before is kept and can be looked at. Tell the"
        " operator; then go back and send what you just sent again: nothing is saved twice."
    ),
}

logger = logging.getLogger(__name__)


class BusyMiddleware:
    """Answers 503 where a page met an outage. Whatever it had begun is undone, so that the same may be sent again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the answer to an outage; other errors are left to fail."""
        return _answer(request, exception)


def failed(request: HttpRequest) -> HttpResponse:
    """Answer an error that no page met: of a middleware, or of the page that says that there is no such page."""
    return _answer(request, sys.exc_info()[1]) or server_error(request)


def _answer(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    """Return the 503, as facts for a script; it asks the database for nothing. ``None`` where nothing is out."""
    outage = outage_of(error)
    if outage is None:
        return None
    logger.error("%s: %s", outage.value, str(error or "").partition("\n")[0] or type(error).__name__)
    facts = {"title": TITLES[outage], "text": TEXTS[outage]}
    headers = {"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"}
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return JsonResponse({"code": outage.value, **facts}, status=503, headers=headers)
    return HttpResponse(render_to_string("503.html", facts), status=503, headers=headers)
