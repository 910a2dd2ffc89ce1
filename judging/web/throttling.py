"""A limit on how often one address may ask, for pages that need no sign-in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

View = Callable[..., HttpResponse]
PERIOD = 60  # seconds


def throttled(name: str, *, per_minute: int) -> Callable[[View], View]:
    """Answer 429 with a page of its own once an address asked ``per_minute`` times within a minute.

    Views of the same ``name`` share the count. The count lives in Django's cache: with several server processes it
    holds for all of them only if they share a cache.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if _asked(f"throttle:{name}:{request.META.get('REMOTE_ADDR', '')}") <= per_minute:
                return view(request, *args, **kwargs)
            response = render(request, "judging/public/too_many.html", {"seconds": PERIOD}, status=429)
            response["Retry-After"] = str(PERIOD)
            return response

        return page

    return decorate


def _asked(key: str) -> int:
    """Count this request and return how many there were in the running period."""
    cache.add(key, 0, PERIOD)
    try:
        return int(cache.incr(key))
    except ValueError:  # it ran out between the two calls
        cache.set(key, 1, PERIOD)
        return 1
