"""Empty score sheets on paper: the choice of what to print, and the PDFs. Printed on request and kept nowhere."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from judging.documents.score_sheet import render_score_sheets
from judging.permissions import can_print_every_sheet, can_print_sheets
from judging.selectors.panels import seat_held_by
from judging.selectors.papers.score_sheets import PaperPrint, chosen, paper_sheets, score_sheets_data
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock, wording

from .downloads import HEADERS, sent_archive
from .score_sheets_form import PrintForm

#: In the words of the paper.
ALL_DAYS: Final = "Semua hari"


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to be printed, with what was chosen of it."""

    round: Round
    form: PrintForm
    found: PaperPrint
    at: datetime

    def pdf(self, file: int) -> bytes:
        """Return one file of the print."""
        data = score_sheets_data(self.round, self.found, file, self.at, self.form.extent(ALL_DAYS))
        return render_score_sheets(data, self.form.paper())

    def name(self, file: int | None = None) -> str:
        """Return the name of a file, or of the print: ``lembar-penilaian-2024-53-1``."""
        part = f"-{file + 1}" if file is not None and len(self.found.files) > 1 else ""
        return f"lembar-penilaian-{self.round.scope.replace('/', '-')}{self.form.slug()}{part}"


@require_safe
@never_cache
@round_page(can_print_sheets)
def choose(request: HttpRequest, round: Round) -> HttpResponse:
    """Which sheets to print: of a day, a seat, a nominee; on A4 or F4; how many there are, in which files."""
    choice = _choice(request, round)
    files = choice.found.files
    firsts = [choice.found.first_of(file) for file in range(len(files))]
    query = choice.form.query()
    context = {
        "round": round,
        "form": choice.form,
        "extent": choice.form.extent(_("All interviews")),
        "breadcrumbs": [_way_back(request, round)],
        "total": len(choice.found.sheets),
        "left_out": len(choice.found.left_out),
        "files": [
            {
                "url": f"{round_url('judging:score_sheets_file', round, file=file + 1)}?{query}",
                "first": first,
                "last": first + len(sheets) - 1,
                "seats": list(dict.fromkeys(sheet.seat.name for sheet in sheets)),
            }
            for file, (first, sheets) in enumerate(zip(firsts, files, strict=True))
        ],
        "list_url": f"{round_url('judging:score_sheets_file', round, file=1)}?{query}",
        "archive": f"{round_url('judging:score_sheets_archive', round)}?{query}",
    }
    return render(request, "judging/score_sheets/choose.html", context)


@require_safe
@round_page(can_print_sheets)
def one_file(request: HttpRequest, round: Round, file: int) -> HttpResponse:
    """One PDF of the print; the first also where there is nothing but a list of what is left out."""
    choice = _choice(request, round)
    if not 1 <= file <= max(1, len(choice.found.files)):
        raise Http404
    response = HttpResponse(choice.pdf(file - 1), content_type="application/pdf", headers=HEADERS)
    response["Content-Disposition"] = f'attachment; filename="{choice.name(file - 1)}.pdf"'
    return response


@require_safe
@round_page(can_print_sheets)
def archive(request: HttpRequest, round: Round) -> HttpResponseBase:
    """All files of the print in one archive, sent while they are made: memory stays that of one file."""
    choice = _choice(request, round)
    files = ((f"{choice.name(file)}.pdf", partial(choice.pdf, file)) for file in range(len(choice.found.files)))
    return sent_archive(files, f"{choice.name()}.zip", choice.at.astimezone(round.zone))


def _way_back(request: HttpRequest, round: Round) -> dict[str, str]:
    user: Any = request.user
    if can_print_every_sheet(user, round):
        return {"url": round_url("judging:schedule_board", round), "label": _("Schedule board")}
    return {"url": round_url("judging:my_day", round), "label": _("My interviews")}


def _choice(request: HttpRequest, round: Round) -> Choice:
    """Read what is asked for. A member gets the own seat's sheets; to ask for another's is refused."""
    user: Any = request.user
    at = clock.now()
    today = wording.local_day(at, round.time_zone)
    every = bool(can_print_every_sheet(user, round))
    seat = None if every else seat_held_by(user, round, today)
    sheets = paper_sheets(round, at, seat_id=seat.pk if seat else None) if every or seat else ()
    asked = request.GET.get("unsur", "")
    if not every and asked not in ("", seat.code if seat else ""):
        raise PermissionDenied
    form = PrintForm(request.GET, sheets=sheets, today=today, with_seats=every)
    if not form.is_valid():
        raise Http404
    return Choice(round, form, chosen(sheets, **form.chosen()), at)


urlpatterns = [
    path("lembar/cetak/", choose, name="score_sheets"),
    path("lembar/cetak/lembar-<int:file>.pdf", one_file, name="score_sheets_file"),
    path("lembar/cetak/lembar.zip", archive, name="score_sheets_archive"),
]
