"""Invitations to interviews: what letters say, issuing them, sending them on one by one or all for the printer."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from judging.documents.data import Paper
from judging.documents.invitation import render_invitations
from judging.models import Invitation, InvitationText
from judging.permissions import can_issue_invitations, can_read_invitations
from judging.selectors.documents import stored_bytes
from judging.selectors.papers.invitations import read_letter
from judging.selectors.schedule_documents import (
    LetterRow,
    LetterState,
    cut_into_files,
    letter_file_name,
    letters_of,
)
from judging.services.schedule_documents import LETTERS_AT_ONCE, TEXTS, issue_invitations, save_invitation_text
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock
from paritrana.kernel.errors import DomainError
from paritrana.kernel.forms import page_form_helper
from paritrana.kernel.sentences import explain, sentence

from .acting import person
from .downloads import HEADERS, zip_response

PAPER = _("Paper")
BADGES = {
    LetterState.READY: {"tone": "info", "icon": "clock", "text": _("Ready to issue")},
    LetterState.ISSUED: {"tone": "success", "icon": "check", "text": _("Issued")},
    LetterState.OUTDATED: {"tone": "warning", "icon": "alert-triangle", "text": _("Changed since, needs a new letter")},
    LetterState.CANCELLED: {"tone": "danger", "icon": "ban", "text": _("No interview any more")},
    LetterState.PAST: {"tone": "info", "icon": "clock", "text": _("Over")},
}


class TextForm(forms.ModelForm[InvitationText]):
    """What all letters say; one entry a line where there are several."""

    helper = page_form_helper(with_tag=False)

    class Meta:
        model = InvitationText
        fields = TEXTS
        widgets = {"bring": forms.Textarea(attrs={"rows": 4}), "copies": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "bring": _("One line for each entry."),
            "copies": _("One line for each entry."),
            "venue": _("Changing it makes every letter to an interview on site out of date."),
        }


class PaperForm(forms.Form):
    """On which paper letters are printed."""

    paper = forms.ChoiceField(
        label=PAPER, required=False, choices=(("A4", "A4 (210 × 297 mm)"), ("F4", "F4 (215 × 330 mm)"))
    )
    helper = page_form_helper(with_tag=False)


@require_http_methods(["GET", "HEAD", "POST"])
@round_page(can_read_invitations)
def invitations(request: HttpRequest, round: Round) -> HttpResponse:
    """Every nominee with the state of the letter; posting issues the next ones or saves what letters say."""
    may_issue = can_issue_invitations(person(request), round)
    text_form = None
    if request.method == "POST":
        if not may_issue:
            raise PermissionDenied(may_issue.code)
        if request.POST.get("langkah") != "naskah":
            return _issued(request, round)
        text_form = TextForm(request.POST)
        if text_form.is_valid():
            return _saved(request, round, text_form)
    letters = letters_of(round, clock.now())
    files = cut_into_files(letters.standing)
    context = {
        "round": round,
        "release": letters.release,
        "rows": [_row(row) for row in letters.rows],
        "may_issue": bool(may_issue),
        "no_letters": sentence("not_in_practice") if round.practice else "",
        "paper_form": PaperForm(),
        "text_form": text_form or TextForm(instance=letters.text),
        "wanted": len(letters.wanted),
        "at_once": min(len(letters.wanted), LETTERS_AT_ONCE),
        "sent": letters.count(LetterState.ISSUED),
        "total": letters.invited,
        "changed": letters.count(LetterState.OUTDATED),
        "files": [
            {
                "url": round_url("judging:invitations_print", round, file=turn),
                "first": file[0].serial,
                "last": file[-1].serial,
            }
            for turn, file in enumerate(files, start=1)
        ],
        "breadcrumbs": [{"url": round_url("judging:schedule_papers", round), "label": _("Documents of the schedule")}],
    }
    return render(request, "judging/schedule_documents/invitations.html", context)


def _row(row: LetterRow) -> dict[str, Any]:
    return {"nomination": row.nomination, "interview": row.interview, "letter": row.letter, "badge": BADGES[row.state]}


def _issued(request: HttpRequest, round: Round) -> HttpResponse:
    form = PaperForm(request.POST)
    paper: Paper = "F4" if form.is_valid() and form.cleaned_data["paper"] == "F4" else "A4"
    try:
        made = issue_invitations(round=round, actor=person(request), at=clock.now(), paper=paper)
    except DomainError as error:
        messages.error(request, explain(error))
    else:
        text = ngettext("%(count)s letter was issued.", "%(count)s letters were issued.", len(made))
        none = _("Every letter had been issued before.")
        messages.success(request, text % {"count": len(made)} if made else none)
    return redirect(round_url("judging:invitations", round))


def _saved(request: HttpRequest, round: Round, form: TextForm) -> HttpResponse:
    said = {name: form.cleaned_data[name] for name in TEXTS}
    save_invitation_text(round=round, actor=person(request), at=clock.now(), **said)
    messages.success(request, _("The text of the letters was saved. Letters that were issued stay as they were sent."))
    return redirect(round_url("judging:invitations", round))


@require_safe
@round_page(can_read_invitations)
def invitation(request: HttpRequest, round: Round, serial: int) -> HttpResponseBase:
    """One letter as it was issued."""
    letter = get_object_or_404(Invitation.objects.select_related("nomination__nominee"), round=round, serial=serial)
    try:
        content = stored_bytes(letter)
    except DomainError as error:
        messages.error(request, explain(error))
        return redirect(round_url("judging:invitations", round))
    return _pdf(content, letter_file_name(letter))


@require_safe
@round_page(can_read_invitations)
def for_printing(request: HttpRequest, round: Round, file: int) -> HttpResponse:
    """Letters that hold as one PDF for the printer, set anew from what each says."""
    files = cut_into_files(letters_of(round, clock.now()).standing)
    if not 1 <= file <= len(files):
        raise Http404
    letters = [read_letter(letter.content) for letter in files[file - 1]]
    return _pdf(render_invitations(letters), f"undangan-{round.scope.replace('/', '-')}-{file}.pdf")


@require_safe
@round_page(can_read_invitations)
def archive(request: HttpRequest, round: Round) -> HttpResponseBase:
    """Every letter that holds, one file each, in one archive."""
    standing = letters_of(round, clock.now()).standing
    name = f"undangan-{round.scope.replace('/', '-')}.zip"
    try:
        return zip_response(standing, name, round.zone, named=letter_file_name)
    except DomainError as error:
        messages.error(request, explain(error))
        return redirect(round_url("judging:invitations", round))


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf", headers=HEADERS)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


urlpatterns = [
    path("jadwal/dokumen/surat/", invitations, name="invitations"),
    path("jadwal/dokumen/surat.zip", archive, name="invitations_archive"),
    path("jadwal/dokumen/surat/<int:serial>.pdf", invitation, name="invitation"),
    path("jadwal/dokumen/surat/cetak-<int:file>.pdf", for_printing, name="invitations_print"),
]
