"""Which nominee of each category the panel scores for calibration; and what a member sees of the panel there."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from judging.core.calibration import Beside
from judging.core.criteria import Rubric
from judging.selectors.calibration import calibration_of, candidates
from judging.services.calibration import end_calibration, name_calibration
from nominees.models import Round
from nominees.permissions import can_change_status
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock
from paritrana.kernel.wording import decimal_number

from .acting import attempt, person
from .marks import shown


@dataclass(frozen=True, slots=True)
class Compared:
    """One criterion as a member reads it: the own mark beside median and range, and on how many seats they rest."""

    title: str
    own: str
    middle: str
    range: str
    count: int


def compared(rubric: Rubric, rows: tuple[Beside, ...]) -> list[Compared]:
    """Return the rows of the table on the page of the sheet. No query."""
    return [
        Compared(
            title=rubric.by_id[row.criterion].title or row.criterion,
            own="–" if row.own is None else shown(row.own),
            middle="–" if row.middle is None else decimal_number(row.middle, 2),
            range="–" if row.lowest is None or row.highest is None else f"{shown(row.lowest)}–{shown(row.highest)}",
            count=row.count,
        )
        for row in rows
    ]


@round_page(can_change_status)
def calibration(request: HttpRequest, round: Round) -> HttpResponse:
    """Each category with its nominee for calibration, or with whom to choose; a post names one or ends it."""
    if request.method == "POST":
        _act(request, round)
        return redirect(round_url("judging:calibration", round))
    named, free = calibration_of(round), candidates(round)
    context = {
        "round": round,
        "categories": [
            {
                "category": category,
                "named": named.get(category.pk),
                "candidates": free.get(category.pk, ()),
            }
            for category in round.categories.all()
        ],
    }
    return render(request, "judging/rounds/calibration.html", context)


def _act(request: HttpRequest, round: Round) -> None:
    number = request.POST.get("nominee", "")
    is_number = number.isdecimal() and len(number) < 9
    nomination = get_object_or_404(round.nominations, number=int(number) if is_number else 0)
    whom: dict[str, Any] = {"nomination": nomination, "actor": person(request), "at": clock.now()}
    if "end" in request.POST:
        attempt(request, _("This nominee is not scored for calibration any more."), end_calibration, **whom)
    else:
        attempt(request, _("Every seat scores this nominee for calibration."), name_calibration, **whom)


urlpatterns = [path("kalibrasi/", calibration, name="calibration")]
