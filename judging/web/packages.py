"""The package of the frozen run and the program that checks it, for whoever may see the ranking."""

from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from judging.core import verifier
from judging.permissions import can_see_standings
from judging.selectors.packages import package_name, package_of
from judging.selectors.standings import tabulation_in_force
from nominees.models import Round
from nominees.web.access import round_page

from .downloads import HEADERS


@require_safe
@round_page(can_see_standings)
def package(request: HttpRequest, round: Round) -> HttpResponse:
    """The whole run as one file; ``?samaran=1`` gives the seats pseudonyms. Reading leaves no event."""
    tabulation = tabulation_in_force(round)
    if tabulation is None:
        raise Http404
    is_disguised = request.GET.get("samaran") == "1"
    content = package_of(tabulation, pseudonymised=is_disguised)
    return _attached(content.encode("ascii"), package_name(tabulation, pseudonymised=is_disguised), "application/json")


@require_safe
@round_page(can_see_standings)
def verifier_file(request: HttpRequest, round: Round) -> HttpResponse:
    """The stand-alone verifier exactly as it is installed here."""
    return _attached(Path(verifier.__file__).read_bytes(), "verifier.py", "text/x-python")


def _attached(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind, headers=HEADERS)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


urlpatterns = [
    path("peringkat/paket.json", package, name="package"),
    path("peringkat/pemeriksa.py", verifier_file, name="verifier"),
]
