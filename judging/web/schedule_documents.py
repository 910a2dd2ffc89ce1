"""Papers of the schedule: tables, lists, a workbook, attendance lists, door signs. Made on request, kept nowhere.

They show the latest release; the secretariat may print the draft, and then each page says that it is one.
"""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from judging.documents.attendance_list import render_attendance_list
from judging.documents.schedule_data import ScheduleBook
from judging.documents.schedule_sheet import (
    by_day_and_room,
    render_door_signs,
    render_member_lists,
    render_nominee_list,
    render_schedule_list,
    render_schedule_table,
)
from judging.documents.schedule_workbook import render_schedule_workbook
from judging.permissions import can_print_draft_schedule, can_read_invitations, can_see_own_sheets, can_see_setup
from judging.selectors.panels import seat_held_by
from judging.selectors.papers.schedule import schedule_book
from judging.selectors.schedule_documents import LetterState, letters_of
from judging.selectors.schedule_releases import latest_release
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock, wording
from paritrana.kernel.sentences import sentence

from .acting import person
from .downloads import HEADERS, XLSX, sent_archive

Render = Callable[[ScheduleBook], bytes]
#: In the words of the addresses and files: what each is called on the page, and how it is made.
PAPERS: Final[dict[str, tuple[Any, Render]]] = {
    "tabel": (gettext_lazy("Days and rooms as a table (PDF, A4)"), render_schedule_table),
    "tabel-a3": (
        gettext_lazy("Days and rooms as a table (PDF, A3)"),
        partial(render_schedule_table, paper="A3"),
    ),
    "daftar": (gettext_lazy("All interviews with their panels (PDF)"), render_schedule_list),
    "anggota": (gettext_lazy("A list for each seat (PDF)"), render_member_lists),
    "nomine": (gettext_lazy("By nominee (PDF)"), render_nominee_list),
    "tanda-pintu": (gettext_lazy("Signs for the doors (PDF)"), render_door_signs),
}


def made(how: Render, book: ScheduleBook) -> bytes:
    """Return a paper of ``book``."""
    return how(book)


@require_safe
@round_page(can_see_setup)
def papers(request: HttpRequest, round: Round) -> HttpResponse:
    """What can be printed, and how many invitations are sent."""
    user, at = person(request), clock.now()
    release = latest_release(round)
    reads = bool(can_read_invitations(user, round))
    letters = letters_of(round, at) if reads else None
    today = wording.local_day(at, round.time_zone)
    context = {
        "round": round,
        "release": release,
        "papers": [(round_url("judging:schedule_paper", round, kind=kind), PAPERS[kind][0]) for kind in PAPERS],
        "has_own": seat_held_by(user, round, today) is not None,
        "reads": reads,
        "rooms": _rooms(round) if reads and release else (),
        "letters": letters,
        "no_letters": sentence("not_in_practice") if round.practice else "",
        "sent": letters.count(LetterState.ISSUED) if letters else 0,
        "changed": letters.count(LetterState.OUTDATED) if letters else 0,
        "total": letters.invited if letters else 0,
        "may_print_draft": bool(can_print_draft_schedule(user, round)),
        "breadcrumbs": [_way_back(round)],
    }
    return render(request, "judging/schedule_documents/papers.html", context)


@require_safe
@round_page(can_see_setup)
def paper(request: HttpRequest, round: Round, kind: str) -> HttpResponse:
    """One PDF of the schedule."""
    if kind not in PAPERS:
        raise Http404
    book = _book(request, round)
    return _pdf(made(PAPERS[kind][1], book), f"jadwal-{kind}", book, round)


@require_safe
@round_page(can_see_own_sheets)
def own_paper(request: HttpRequest, round: Round) -> HttpResponse:
    """The list of the seat that a panel member holds today."""
    seat = seat_held_by(person(request), round, wording.local_day(clock.now(), round.time_zone))
    if seat is None:
        raise Http404
    book = _book(request, round)
    return _pdf(made(partial(render_member_lists, seat=seat.name), book), f"jadwal-{slugify(seat.name)}", book, round)


@require_safe
@round_page(can_see_setup)
def workbook(request: HttpRequest, round: Round) -> HttpResponse:
    """The schedule as a workbook."""
    book = _book(request, round)
    response = HttpResponse(made(render_schedule_workbook, book), content_type=XLSX, headers=HEADERS)
    response["Content-Disposition"] = f'attachment; filename="{_name("jadwal", book, round)}.xlsx"'
    return response


@require_safe
@round_page(can_read_invitations)
def attendance(request: HttpRequest, round: Round) -> HttpResponse:
    """The attendance lists of one day and room (``?hari=&ruang=``), of a day, or of all; ``?kertas=F4``."""
    book = _book(request, round)
    day, room = request.GET.get("hari", ""), request.GET.get("ruang", "")
    chosen = _part(book, day, room)
    if (day or room) and not chosen.interviews:
        raise Http404
    stem = "-".join(filter(None, ("daftar-hadir", slugify(day), slugify(room))))
    return _pdf(made(_attendance_on(request), chosen), stem, book, round)


@require_safe
@round_page(can_read_invitations)
def attendance_archive(request: HttpRequest, round: Round) -> HttpResponseBase:
    """The attendance lists as one file for each day and room, sent while they are made."""
    book = _book(request, round)
    how = _attendance_on(request)
    files = (
        (f"daftar-hadir-{turn:02d}-{day}-{slugify(room)}.pdf", partial(made, how, _part(book, str(day), room)))
        for turn, ((day, room), _rows) in enumerate(by_day_and_room(book), start=1)
    )
    return sent_archive(files, f"{_name('daftar-hadir', book, round)}.zip", clock.now().astimezone(round.zone))


def _attendance_on(request: HttpRequest) -> Render:
    return partial(render_attendance_list, paper="F4" if request.GET.get("kertas") == "F4" else "A4")


def _book(request: HttpRequest, round: Round) -> ScheduleBook:
    """The latest release, or the draft (``?draf=1``), which is the secretariat's own."""
    is_draft = request.GET.get("draf") == "1"
    if is_draft:
        verdict = can_print_draft_schedule(person(request), round)
        if not verdict:
            raise PermissionDenied(verdict.code)
    return schedule_book(round, clock.now(), is_draft=is_draft)


def _part(book: ScheduleBook, day: str, room: str) -> ScheduleBook:
    found = (
        one
        for one in book.interviews
        if day in ("", str(wording.local_day(one.starts_at, book.zone))) and room in ("", one.room)
    )
    return book.only(found)


def _rooms(round: Round) -> list[tuple[date, str]]:
    book = schedule_book(round, clock.now(), is_draft=False)
    return [key for key, _rows in by_day_and_room(book)]


def _name(stem: str, book: ScheduleBook, round: Round) -> str:
    """A file's name: ``jadwal-tabel-2025-53-rilis-2``."""
    which = "draf" if book.is_draft else slugify(book.version.partition(",")[0])
    return f"{stem}-{round.scope.replace('/', '-')}-{which}"


def _pdf(content: bytes, stem: str, book: ScheduleBook, round: Round) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf", headers=HEADERS)
    response["Content-Disposition"] = f'attachment; filename="{_name(stem, book, round)}.pdf"'
    return response


def _way_back(round: Round) -> dict[str, str]:
    return {"url": round_url("judging:schedule", round), "label": _("Interview schedule")}


urlpatterns = [
    path("jadwal/dokumen/", papers, name="schedule_papers"),
    path("jadwal/dokumen/jadwal.xlsx", workbook, name="schedule_workbook"),
    path("jadwal/dokumen/saya.pdf", own_paper, name="own_schedule_paper"),
    path("jadwal/dokumen/daftar-hadir.pdf", attendance, name="attendance_list"),
    path("jadwal/dokumen/daftar-hadir.zip", attendance_archive, name="attendance_lists"),
    path("jadwal/dokumen/jadwal-<slug:kind>.pdf", paper, name="schedule_paper"),
]
