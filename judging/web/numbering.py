"""The page of the numbers: how papers of each kind are numbered, with the next numbers as they will be."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from judging.core.numbering import FIELDS, HIGHEST, LONGEST, problem_of, written
from judging.models import Document, DocumentKind
from judging.permissions.documents import can_set_numbers
from judging.selectors.documents import ORDER
from judging.selectors.papers.numbers import Numbering, number_facts, numbering_of, usual_patterns
from judging.services.numbering import FirstSerialFixed, NumberPatternUnfit, set_numbering
from judging.services.paper_drafts import next_serial
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock, wording
from paritrana.kernel.forms import page_form_helper
from paritrana.kernel.sentences import explain, sentence
from paritrana.kernel.verdict import NotPermitted

from .acting import person

EXAMPLES = 3
MEANINGS = {
    "serial": _("Running number within the kind"),
    "year": _("Year of issue"),
    "month": _("Month of issue, in digits"),
    "roman_month": _("Month of issue, in Roman numerals"),
    "edition": _("Assessment year"),
    "place": _("Abbreviation of the province"),
    "province": _("Name of the province"),
}


class NumberingForm(forms.Form):
    """How one kind is numbered; without a pattern the usual one holds."""

    pattern = forms.CharField(
        label=_("Pattern"), max_length=LONGEST, required=False, widget=forms.TextInput(attrs={"spellcheck": "false"})
    )
    first = forms.IntegerField(label=_("First number"), min_value=1, max_value=HIGHEST)
    helper = page_form_helper(with_tag=False)

    def __init__(self, data: Any, *, numbering: Numbering, usual: str, last: int, prefix: str) -> None:
        shown = {"pattern": numbering.pattern if numbering.is_own else "", "first": numbering.first}
        super().__init__(data, initial=shown, prefix=prefix)
        self.fields["pattern"].widget.attrs["placeholder"] = usual
        if last:
            self.fields["first"].disabled = True
            self.fields["first"].help_text = sentence("first_serial_fixed")


@require_http_methods(["GET", "HEAD", "POST"])
@round_page(can_set_numbers)
def numbers(request: HttpRequest, round: Round) -> HttpResponse:
    """Every kind with its pattern and its next numbers; ``langkah=contoh`` shows those of what is typed."""
    posted = request.POST.get("kind", "") if request.method == "POST" else ""
    numbering, last = numbering_of(round), _last_serials(round)
    kinds = [_kind(request, round, kind, numbering[kind], last.get(kind, 0), posted) for kind in ORDER]
    chosen = next((one for one in kinds if one["kind"] == posted), None)
    if chosen and request.POST.get("langkah") != "contoh" and _saved(request, round, chosen):
        return redirect(round_url("judging:document_numbers", round))
    context = {
        "round": round,
        "kinds": kinds,
        "fields": _fields(round),
        "breadcrumbs": [{"url": round_url("judging:documents", round), "label": _("Documents")}],
    }
    status = 422 if chosen and chosen["form"].errors else 200
    return render(request, "judging/documents/numbers.html", context, status=status)


def _last_serials(round: Round) -> dict[str, int]:
    """The last serial number of each kind. One query."""
    rows = Document.objects.filter(round=round).order_by().values_list("kind").annotate(last=Max("serial"))
    return dict(rows)


def _kind(
    request: HttpRequest, round: Round, kind: DocumentKind, numbering: Numbering, last: int, posted: str
) -> dict[str, Any]:
    """One kind with its form and the numbers that would come next."""
    is_posted = kind.value == posted
    data = request.POST if is_posted else None
    form = NumberingForm(data, numbering=numbering, usual=usual_patterns()[kind], last=last, prefix=kind.value)
    pattern, first = numbering.pattern, numbering.first
    if is_posted and form.is_valid():
        pattern = form.cleaned_data["pattern"].strip() or usual_patterns()[kind]
        first = form.cleaned_data["first"]
        problem = problem_of(pattern, number_facts(round, first, _today(round)))
        if problem:
            form.add_error("pattern", sentence(*problem))
            pattern, first = numbering.pattern, numbering.first
    serial = next_serial(Numbering(pattern, first), last)
    return {
        "kind": kind.value,
        "label": kind.label,
        "form": form,
        "pattern": numbering.pattern,
        "is_own": numbering.is_own,
        "is_open": is_posted,
        "last": last,
        "examples": [written(pattern, number_facts(round, serial + more, _today(round))) for more in range(EXAMPLES)],
    }


def _saved(request: HttpRequest, round: Round, chosen: dict[str, Any]) -> bool:
    form = chosen["form"]
    if not form.is_valid():
        return False
    whom: dict[str, Any] = {"round": round, "actor": person(request), "at": clock.now()}
    try:
        set_numbering(kind=DocumentKind(chosen["kind"]), **whom, **form.cleaned_data)
    except NotPermitted as refusal:
        raise PermissionDenied(refusal.facts["reason"]) from refusal
    except (NumberPatternUnfit, FirstSerialFixed) as error:
        form.add_error(None, explain(error))
        return False
    messages.success(request, _("The numbers were saved. What was issued keeps its number."))
    return True


def _fields(round: Round) -> list[dict[str, object]]:
    """Each field with what it stands for, and with what it is filled today."""
    facts = number_facts(round, 1, _today(round))
    return [{"label": f"{{{name}}}", "value": f"{MEANINGS[name]}: {facts[name]}"} for name in FIELDS]


def _today(round: Round) -> date:
    return wording.local_day(clock.now(), round.time_zone)


urlpatterns = [path("dokumen/nomor/", numbers, name="document_numbers")]
