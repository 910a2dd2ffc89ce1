"""The public check of a paper, by its code or by its file: for anybody, without signing in.

Nothing leaks before a round is announced: until then each of its codes and files is answered like an invented one.
"""

import hashlib
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from judging.models import Document, Invitation
from judging.selectors.papers.invitations import read_letter
from judging.selectors.public_check import Answer, Check, checked_by_checksum, checked_by_code
from judging.web.throttling import throttled
from paritrana.kernel import phrases, wording
from paritrana.kernel.check_code import grouped, understood

LARGEST_UPLOAD = 10 * 1024 * 1024
PER_MINUTE = 30
WORDS = {
    Answer.GENUINE: {"tone": "success", "icon": "circle-check", "word": _("GENUINE")},
    Answer.REVOKED: {"tone": "danger", "icon": "ban", "word": _("REVOKED")},
    Answer.UNKNOWN: {"tone": "warning", "icon": "help-circle", "word": _("UNKNOWN")},
}


class CodeForm(forms.Form):
    """The code as printed under the QR code."""

    code = forms.CharField(
        label=_("Check code"),
        max_length=60,
        help_text=_("16 letters and digits under the QR code. Spaces, dashes and small letters do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        """The bare code."""
        code = understood(self.cleaned_data["code"])
        if code is None:
            raise forms.ValidationError(_("This is no check code: it has 16 letters and digits."), code="no_code")
        return code


class FileForm(forms.Form):
    """The file of a paper; only its checksum is computed, nothing is kept."""

    file = forms.FileField(
        label=_("File of the document"), help_text=_("At most 10 MB. The file is compared, not stored.")
    )

    def clean_file(self) -> UploadedFile:
        """The upload, if it is not too large."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_UPLOAD:
            raise forms.ValidationError(_("The file is larger than 10 MB."), code="too_large")
        return file


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The two forms; a code leads to its own address, a file is answered at once."""
    if request.method != "POST":
        return _page(request)
    return _posted(request)


@throttled("check", per_minute=PER_MINUTE)
def _posted(request: HttpRequest) -> HttpResponse:
    if request.FILES or "file" in request.POST:
        form = FileForm(request.POST, request.FILES)
        if not form.is_valid():
            return _page(request, file_form=form)
        return _page(request, answer=checked_by_checksum(sha256_of(form.cleaned_data["file"])), by_file=True)
    code_form = CodeForm(request.POST)
    if not code_form.is_valid():
        return _page(request, code_form=code_form)
    return redirect("check_code", code=grouped(code_form.cleaned_data["code"]))


@never_cache
@require_GET
@throttled("check", per_minute=PER_MINUTE)
def check_code(request: HttpRequest, code: str) -> HttpResponse:
    """The answer about one code, as the QR code opens it."""
    return _page(request, answer=checked_by_code(understood(code)), code=code)


def sha256_of(file: UploadedFile) -> str:
    """Return the SHA-256 of an upload, read in pieces."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def _page(request: HttpRequest, *, answer: Check | None = None, code: str = "", **context: Any) -> HttpResponse:
    context.setdefault("code_form", CodeForm())
    context.setdefault("file_form", FileForm())
    if answer:
        document = answer.document
        context |= {
            "answer": answer.answer,
            "words": WORDS[answer.answer],
            "code": code[:60],
            "document": document,
            "facts": _facts(document) if document else [],
            # Demo editions carry their mark here as on every page and paper.
            "round": document.round if document else None,
        }
    return render(request, "judging/public/check.html", context)


def _facts(document: Document | Invitation) -> list[dict[str, Any]]:
    """What, to whom, in which competition, when, under which number."""
    if isinstance(document, Invitation):
        return _facts_of_invitation(document)
    award, round = document.award, document.round
    subject = document.category or document.pool or (award and (award.category or award.pool))
    facts: list[dict[str, Any]] = [{"label": _("Document"), "value": document.get_kind_display()}]
    if award:
        facts += [
            {"label": _("Awarded to"), "value": str(award.nomination)},
            {"label": _("Title"), "value": award.title},
        ]
    if subject:
        facts.append({"label": phrases.CATEGORY, "value": subject.name})
    facts += [
        {"label": _("Edition"), "value": str(round)},
        {"label": _("Number"), "value": document.number},
        {"label": _("Issued"), "value": wording.date_time(document.issued_at, round.time_zone)},
    ]
    if document.revoked_at:
        facts.append({"label": _("Revoked"), "value": wording.date_time(document.revoked_at, round.time_zone)})
    return facts


def _facts_of_invitation(letter: Invitation) -> list[dict[str, Any]]:
    """The same of an invitation, with the time that it tells."""
    said, zone = read_letter(letter.content), letter.round.time_zone
    when = f"{wording.long_day_date(wording.local_day(said.starts_at, zone))}, "
    return [
        {"label": _("Document"), "value": _("Invitation to an interview")},
        {"label": phrases.NOMINEE, "value": said.nominee},
        {"label": _("Interview"), "value": when + wording.time_range(said.starts_at, said.ends_at, zone)},
        {"label": _("Edition"), "value": str(letter.round)},
        {"label": _("Number"), "value": letter.number},
        {"label": _("Issued"), "value": wording.date_time(letter.issued_at, zone)},
    ]
