"""The words of the decree, with a preview of the whole paper before anything is kept or issued."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from judging.documents.decree import render_decree
from judging.models import DecreeText, DocumentKind, Tabulation
from judging.permissions.decree import can_write_decree
from judging.selectors.documents import documents_of
from judging.selectors.papers.decree import decree_data
from judging.selectors.papers.decree_words import NAMES, DecreeWords, decree_words, lacking, written_words
from judging.selectors.standings import tabulation_in_force
from judging.services.decree import LISTS, save_decree_words
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock
from paritrana.kernel.errors import DomainError
from paritrana.kernel.forms import day_field, page_form_helper
from paritrana.kernel.sentences import explain

from .acting import person
from .previews import preview_response

EXAMPLE = _("An example in the usual form; adapt it.")
ONE_A_LINE = _("One entry a line.")


class DecreeForm(forms.ModelForm[DecreeText]):
    """Every field of the decree, filled with an example where nothing is written yet."""

    signed_on = day_field(_("Dated"), required=False)
    helper = page_form_helper(with_tag=False)
    helper.errors_are_told = True

    class Meta:
        model = DecreeText
        fields = NAMES

    def __init__(self, data: Any, round: Round) -> None:
        written, shown = written_words(round), decree_words(round)
        super().__init__(data, initial={name: getattr(shown, name) for name in NAMES})
        for name, field in self.fields.items():
            is_example = not getattr(written, name) and bool(getattr(shown, name))
            hints = [ONE_A_LINE] * (name in LISTS) + [EXAMPLE] * is_example
            field.help_text = " ".join(str(hint) for hint in hints) or field.help_text
            if name in LISTS:
                field.widget.attrs["rows"] = max(3, str(getattr(shown, name)).count("\n") * 2 + 2)

    def words(self) -> DecreeWords:
        """What was typed."""
        return DecreeWords(**{name: self.cleaned_data[name] for name in NAMES})


@require_http_methods(["GET", "HEAD", "POST"])
@round_page(can_write_decree)
def decree(request: HttpRequest, round: Round) -> HttpResponse:
    """The form of the words; posting keeps them."""
    form = DecreeForm(request.POST or None, round)
    if request.method == "POST" and form.is_valid():
        try:
            save_decree_words(round=round, words=form.words(), actor=person(request), at=clock.now())
        except DomainError as error:
            form.add_error(None, explain(error))
        else:
            messages.success(request, _("The words of the decree were saved."))
            return redirect(round_url("judging:decree", round))
    return _page(request, round, form)


def _page(request: HttpRequest, round: Round, form: DecreeForm) -> HttpResponse:
    issued = documents_of(round).filter(kind=DocumentKind.DECREE, revoked_at=None).first()
    lacks = "" if issued else ", ".join(str(form.fields[name].label) for name in lacking(written_words(round)))
    context = {"round": round, "form": form, "issued": issued, "lacks": lacks}
    return render(request, "judging/decree/decree.html", context)


@require_POST
@round_page(can_write_decree)
def preview(request: HttpRequest, round: Round) -> HttpResponse:
    """The whole paper from what stands in the form, marked as a draft; nothing is kept."""
    form = DecreeForm(request.POST, round)
    if not form.is_valid():
        return _page(request, round, form)
    data = decree_data(_tabulation(round), "", clock.now(), is_draft=True, written=form.words())
    return preview_response(render_decree(data), "draf-keputusan.pdf")


def _tabulation(round: Round) -> Tabulation:
    found = tabulation_in_force(round)
    if found is None:
        raise Http404
    return found


urlpatterns = [
    path("sk/", decree, name="decree"),
    path("sk/pratinjau.pdf", preview, name="decree_preview"),
]
