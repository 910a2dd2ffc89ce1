"""The page for an address that was opened in a way it does not take: mostly one that only takes forms, reloaded."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers


class WrongMethodMiddleware:
    """Puts a page into an empty 405 where a person looks at it; the status and the ``Allow`` header stay.

    A browser that opens an address names ``text/html``; scripts and ``HEAD`` do not, and keep their empty answer.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with a page where there would be none."""
        response = self.get_response(request)
        if response.status_code != 405 or response.streaming or response.content or not _is_looked_at(request):
            return response
        response.content = render_to_string("405.html", {"back": _round_address(request)}, request)
        response.headers["Content-Type"] = "text/html; charset=utf-8"
        add_never_cache_headers(response)
        return response


def _is_looked_at(request: HttpRequest) -> bool:
    return request.method != "HEAD" and "text/html" in request.headers.get("Accept", "")


def _round_address(request: HttpRequest) -> str:
    """Return the first page of the round that the address names, without asking whether there is one; else nothing."""
    match = request.resolver_match
    where = match.kwargs if match else {}
    return f"/{where['year']}/{where['scope']}/" if {"year", "scope"} <= where.keys() else ""
