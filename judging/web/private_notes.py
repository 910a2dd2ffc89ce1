"""A member's own note on a nominee: its form stands on the sheet's page, and here alone when a save was refused.

Asked for JSON (it is saved as it is written), a save answers with facts.

The text is in no log: it is kept out of error reports too.
"""

from typing import Any

from crispy_forms.layout import Submit
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from judging.models import PrivateNote
from judging.models.private_note import LONGEST_NOTE, fingerprint
from judging.permissions import can_see_own_sheets
from judging.selectors.private_notes import own_note
from judging.services.private_notes import NoteChangedMeanwhile, delete_note, save_note
from nominees.models import Nomination, Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.accounts.models import User
from paritrana.kernel import clock
from paritrana.kernel.errors import DomainError
from paritrana.kernel.forms import page_form_helper
from paritrana.kernel.sentences import explain

from .sheet_answers import wants_json

ANCHOR = "#catatan-pribadi"


class NoteForm(forms.Form):
    """The note and what stood there when the page was made; field names apart from those of the sheet."""

    private_note = forms.CharField(
        label=gettext_lazy("Private note"),
        required=False,
        help_text=gettext_lazy(
            "Only you read it: it is on no paper, in no export and in no log. You can delete it at any time. It is"
            " not kept on this device: without network it is not saved."
        ),
        # The browser counts a line break as one character, a posted form as two: the service counts again.
        widget=forms.Textarea(
            {
                "rows": 4,
                "autocomplete": "off",
                "maxlength": LONGEST_NOTE,
                "aria-label": gettext_lazy("Private note"),  # its heading may be scrolled out of sight
            }
        ),
    )
    note_seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, *args: Any, action: str, has_note: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = page_form_helper(gettext_lazy("Save the note"))
        self.helper.form_action = action
        self.helper.form_show_labels = False  # the heading above is the label
        if has_note:
            self.helper.add_input(
                Submit("delete_note", gettext_lazy("Delete the note"), css_class="btn btn-outline-primary")
            )


def note_form(reader: User, nomination: Nomination) -> NoteForm:
    """Return the form with what ``reader`` has noted about ``nomination``. One query."""
    return _form(nomination, own_note(reader, nomination))


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@round_page(can_see_own_sheets)
def private_note(request: HttpRequest, round: Round, number: int) -> HttpResponse:
    """The note alone; a post saves or deletes it and leads back to the sheet."""
    nomination = get_object_or_404(Nomination.objects.select_related("nominee", "category"), round=round, number=number)
    nomination.round = round
    if request.method != "POST":
        return _page(request, note_form(_user(request), nomination), nomination)
    form = _form(nomination, own_note(_user(request), nomination), request.POST)
    if "delete_note" in request.POST:
        delete_note(nomination=nomination, actor=_user(request))
        messages.success(request, _("Your private note is deleted."))
    elif wants_json(request):
        return _facts(request, form, nomination)
    elif not form.is_valid() or not _saved(request, form, nomination):
        return _page(request, form, nomination, status=422)
    return redirect(round_url("judging:sheet", round, number=number) + ANCHOR)


def _facts(request: HttpRequest, form: NoteForm, nomination: Nomination) -> JsonResponse:
    """Save what was typed; answer what the form has seen from now on, or why it was not saved."""
    if not form.is_valid():
        return JsonResponse({"code": "form"}, status=422)
    text, seen = form.cleaned_data["private_note"], form.cleaned_data["note_seen"]
    try:
        note = save_note(nomination=nomination, text=text, seen=seen, actor=_user(request), at=clock.now())
    except DomainError as error:
        return JsonResponse({"code": error.code, "text": explain(error)}, status=422)
    return JsonResponse({"note_seen": fingerprint(note.text if note else ""), "text": _told(note)})


def _told(note: PrivateNote | None) -> str:
    return _("Your private note is saved.") if note else _("Your private note is deleted.")


def _saved(request: HttpRequest, form: NoteForm, nomination: Nomination) -> bool:
    """Save what was typed; say on the form why not. After a clash the form has seen what is stored now."""
    text, seen = form.cleaned_data["private_note"], form.cleaned_data["note_seen"]
    try:
        note = save_note(nomination=nomination, text=text, seen=seen, actor=_user(request), at=clock.now())
    except DomainError as error:
        form.add_error("private_note", explain(error))
        if isinstance(error, NoteChangedMeanwhile):
            stored = own_note(_user(request), nomination)
            form.data = {**form.data.dict(), "note_seen": fingerprint(stored.text if stored else "")}  # type: ignore[attr-defined]
            form.stored = stored.text if stored else ""  # type: ignore[attr-defined]
        return False
    messages.success(request, _told(note))
    return True


def _form(nomination: Nomination, note: PrivateNote | None, data: Any = None) -> NoteForm:
    text = note.text if note else ""
    return NoteForm(
        data,
        initial={"private_note": text, "note_seen": fingerprint(text)},
        action=round_url("judging:private_note", nomination.round, number=nomination.number),
        has_note=note is not None,
    )


def _page(request: HttpRequest, form: NoteForm, nomination: Nomination, status: int = 200) -> HttpResponse:
    context = {
        "round": nomination.round,
        "nomination": nomination,
        "note_form": form,
        "note_stored": getattr(form, "stored", None),
    }
    return render(request, "judging/sheets/private_note.html", context, status=status)


def _user(request: HttpRequest) -> Any:
    return request.user


urlpatterns = [path("lembar/<int:number>/catatan/", private_note, name="private_note")]
