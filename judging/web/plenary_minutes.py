"""The minutes as they would be, read before anybody signs: marked on every page, without a number, stored nowhere."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from judging.documents.minutes import render_minutes
from judging.permissions.plenary import can_draft_minutes
from judging.selectors.papers.minutes import minutes_data
from nominees.models import Round
from nominees.web.access import round_page
from paritrana.kernel import clock

from .acting import at_present
from .plenary import meeting_of
from .previews import preview_response


@require_safe
@round_page(at_present(can_draft_minutes))
def draft(request: HttpRequest, round: Round) -> HttpResponse:
    """The draft as a PDF."""
    data = minutes_data(meeting_of(round).tabulation, "", clock.now(), is_draft=True)
    return preview_response(render_minutes(data), "konsep-berita-acara.pdf")


urlpatterns = [path("pleno/konsep-berita-acara.pdf", draft, name="minutes_draft")]
