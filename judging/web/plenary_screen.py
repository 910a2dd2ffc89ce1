"""The plenary on the projector: one item in large type, as the working view chose it. No seat's score is ever on it."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from judging import permissions
from judging.models import DecisionKind, Plenary
from judging.selectors.awards import special_awards_of
from judging.selectors.decided import FinalStanding, PartStandings
from judging.selectors.motions import motions_of
from judging.selectors.plenary_screen import version_of
from judging.selectors.standings import final_part
from judging.services.plenary_screen import show_item
from nominees.core.lifecycle import State
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock

from .acting import attempt, person
from .firmness_summary import for_the_agenda
from .plenary import meeting_of
from .plenary_agenda import state_of
from .plenary_motions import in_order
from .plenary_page import SPECIAL

#: Lines of the table on one page of the screen, of 1280 by 720 dots, and letters of a name in one of them.
MOST_LINES, FEWEST_LINES, LONG_NAME = 8, 4, 44


@require_safe
@round_page(permissions.can_see_plenary)
def screen(request: HttpRequest, round: Round) -> HttpResponse:
    """The whole page, or with ``?bagian=isi`` only what changes."""
    meeting = meeting_of(round)
    context = {
        "round": round,
        "plenary": meeting,
        "version": version_of(meeting),
        **_item(round, meeting, _wanted(request)),
    }
    only = request.GET.get("bagian") == "isi"
    return render(request, f"judging/plenary/{'_screen' if only else 'screen'}.html", context)


@require_safe
@round_page(permissions.can_see_plenary)
def state(request: HttpRequest, round: Round) -> HttpResponse:
    """Whether the screen has to ask for a new picture."""
    return JsonResponse({"version": version_of(meeting_of(round))})


@require_POST
@round_page(permissions.can_see_progress)
def show(request: HttpRequest, round: Round) -> HttpResponse:
    """Show an item of the agenda on the screen, or the welcome."""
    meeting, item = meeting_of(round), request.POST.get("item", "")
    if item and item != SPECIAL and _part(round, meeting, item) is None:
        raise Http404
    attempt(
        request, _("The screen shows it."), show_item, plenary=meeting, item=item, actor=person(request), at=clock.now()
    )
    return redirect(f"{round_url('judging:plenary', round)}{'#' + item if item else ''}")


def _part(round: Round, meeting: Plenary, item: str) -> PartStandings | None:
    """The part that ``item`` names; None where there is none, or it still has to wait."""
    kind, _dash, code = item.partition("-")
    category = round.categories.filter(code=code).first() if kind == "kategori" else None
    pool = round.pools.filter(code=code).first() if kind == "umum" else None
    found = final_part(meeting.tabulation, category=category, pool=pool) if category or pool else None
    return found if isinstance(found, PartStandings) else None


def _wanted(request: HttpRequest) -> tuple[str, int]:
    """The item whose further page is asked for, and which: the next item starts at its first page again."""
    page = request.GET.get("halaman", "")
    return request.GET.get("pokok", ""), int(page) if page.isdecimal() and len(page) < 4 else 1


def _item(round: Round, meeting: Plenary, wanted: tuple[str, int]) -> dict[str, Any]:
    """What the screen shows beside its frame; an open vote at once, whatever was chosen, until it is closed."""
    present = meeting.attendances.filter(present=True).count()
    found: dict[str, Any] = {"present": present, "seats": round.seats.count(), "is_open": round.state == State.PLENARY}
    motions = motions_of(meeting)
    running = next((each for each in motions if each.is_open), None)
    if running:
        return found | {"vote": running, "nominations": in_order(running)}
    if meeting.shown == SPECIAL:
        about = [each for each in motions if each.motion.kind == DecisionKind.SPECIAL]
        found |= {"special": True, "awards": special_awards_of(meeting)}
    else:
        part = _part(round, meeting, meeting.shown)
        if part is None:
            return found
        about = [each for each in motions if (each.motion.category, each.motion.pool) == (part.category, part.pool)]
        tone, word = state_of(part, None)
        found |= {"part": part, "firm": for_the_agenda(part, meeting.tabulation), "tone": tone, "state": word}
        found["lines"] = _lines(part, len(about), wanted[1] if wanted[0] == meeting.shown else 1)
    return found | {"motions": [(each, in_order(each)) for each in reversed(about)]}


def _lines(part: PartStandings, results: int, number: int) -> Page[Any]:
    """The places that fit below each other in large type; ties and closed motions take the room of lines."""
    room = max(MOST_LINES - results - 2 * len(part.open_ties), FEWEST_LINES)
    pages: list[list[FinalStanding]] = [[]]
    left = room
    for line in part.ranked:
        needed = 1 + len(str(line.nomination)) // LONG_NAME + bool(line.deviation)
        if needed > left and pages[-1]:
            pages.append([])
            left = room
        pages[-1].append(line)
        left -= needed
    return Paginator(pages, 1).get_page(number)


urlpatterns = [
    path("pleno/layar/", screen, name="plenary_screen"),
    path("pleno/layar/keadaan/", state, name="plenary_screen_state"),
    path("pleno/tampil/", show, name="plenary_show"),
]
