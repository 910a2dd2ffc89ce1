"""What belongs to the site as a whole so that it can be installed on a phone and opens without network.

The service worker, the manifest, the page shown when nothing is kept, the sign-out that empties the device, and the
answer to a form whose token has expired. Nobody has to be signed in for these, and no answer depends on who asks.
"""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.views import LogoutView
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.csrf import csrf_failure as expired_page
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from paritrana.kernel.release import release

WORKER = "bundles/service-worker.js"

#: What the day and the sheets need besides their own pages. Whatever else a page asks for is kept when it is fetched.
ASSETS = (
    "vendor/tabler.css",
    "bundles/app.css",
    "vendor/inter-400.woff2",
    "vendor/inter-600.woff2",
    "vendor/icons.svg",
    "paritrana/mark.svg",
    "paritrana/js/forms.js",
    "judging/judging.css",
    "judging/countdown.js",
    "bundles/day.js",
    "bundles/sheet.js",
    "bundles/conflict.js",
    "bundles/sign-out.js",
)

PRIMARY, PAPER = "#0a489f", "#ffffff"
ICONS = (
    ("paritrana/icons/icon-192.png", "192x192", "any"),
    ("paritrana/icons/icon-512.png", "512x512", "any"),
    ("paritrana/icons/maskable-512.png", "512x512", "maskable"),
)

#: The form of the sign-out page says so when unsent work of somebody else stays on the device.
KEEP = "simpan"


@require_safe
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """The service worker of the whole site: its bundle behind what it has to know of this release."""
    found = finders.find(WORKER)
    if not isinstance(found, str):
        raise Http404
    facts = {
        "version": release(),
        "static": settings.STATIC_URL,
        "assets": [static(name) for name in ASSETS if finders.find(name)],
        "fallback": reverse("without_network"),
        "home": reverse("home"),
        "signIn": reverse("login"),
    }
    head = f"self.PARITRANA = {json.dumps(facts)};\n"
    return HttpResponse(head + Path(found).read_text("utf-8"), content_type="text/javascript; charset=utf-8")


@require_safe
@cache_control(no_cache=True)
def manifest(request: HttpRequest) -> JsonResponse:
    """What a phone shows of the installed site; in the site's first language, whoever asks."""
    with override(settings.LANGUAGE_CODE):
        name = f"Paritrana · {_('Award judging')}"
    icons = [{"src": static(src), "sizes": sizes, "type": "image/png", "purpose": for_} for src, sizes, for_ in ICONS]
    mark = {"src": static("paritrana/mark.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}
    home = reverse("home")
    facts = {
        "id": home,
        "name": name,
        "short_name": "Paritrana",
        "lang": settings.LANGUAGE_CODE,
        "dir": "ltr",
        "start_url": home,
        "scope": home,
        "display": "standalone",
        "theme_color": PRIMARY,
        "background_color": PAPER,
        "icons": [*icons, mark],
    }
    return JsonResponse(facts, content_type="application/manifest+json")


@require_safe
@cache_control(no_cache=True)
def without_network(request: HttpRequest) -> HttpResponse:
    """What the service worker shows in place of a page that this device does not keep."""
    return render(request, "without_network.html")


class SignOut(LogoutView):
    """Sign out, and let the browser forget what the device keeps.

    The script of the page has removed what is the member's own before it posts ``simpan=1``.
    """

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer as Django does, with ``Clear-Site-Data``."""
        is_kept = request.POST.get(KEEP) == "1"
        response = super().post(request, *args, **kwargs)
        if not is_kept:
            response["Clear-Site-Data"] = '"cache", "storage"'
        return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form's token has expired; to a script as the code ``csrf``, which it answers with a fresh token."""
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return JsonResponse({"code": "csrf", "text": _("This page had expired")}, status=403)
    page: HttpResponse = expired_page(request, reason=reason)
    return page
