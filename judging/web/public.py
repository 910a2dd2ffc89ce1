"""The public check of a paper, by its code or by its file: for anybody, without signing in.

Nothing leaks before the result of a round can be read: until the announcement each of its codes and files is answered
like an invented one. Under an embargo a code, which nobody can guess and only the holder of the paper knows, is told as
registered, with the moment at which its content is published, without name, category or edition; a file stays unknown.
A file never leaves the visitor's device: its checksum is worked out there, by a script or by hand, and
only that is sent.
"""

import re
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from judging.selectors.public_check import Answer, Check, checked_by_checksum, checked_by_code
from judging.selectors.results import results_url
from judging.web.public_facts import facts_of, signature_of
from judging.web.throttling import throttled
from paritrana.kernel import clock, wording
from paritrana.kernel.check_code import grouped, understood

PER_MINUTE = 30
WORDS = {
    Answer.GENUINE: {"tone": "success", "icon": "circle-check", "word": _("GENUINE")},
    Answer.REVOKED: {"tone": "danger", "icon": "ban", "word": _("REVOKED")},
    Answer.SEALED: {"tone": "info", "icon": "clock", "word": _("REGISTERED")},
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


class ChecksumForm(forms.Form):
    """The checksum of a file; the page's script fills it in from a file that is chosen."""

    sha256 = forms.CharField(
        label="SHA-256",
        max_length=200,
        help_text=_("64 digits and letters from a to f, as programs such as sha256sum print them."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def clean_sha256(self) -> str:
        """The bare checksum; what such programs print around it is left out."""
        found = re.search(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])", self.cleaned_data["sha256"].lower())
        if found is None:
            raise forms.ValidationError(_("This is no checksum: it has 64 digits and letters."), code="no_checksum")
        return found[0]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The two forms; a code leads to its own address, a file is answered at once."""
    if request.method != "POST":
        return _page(request)
    return _posted(request)


@throttled("check", per_minute=PER_MINUTE)
def _posted(request: HttpRequest) -> HttpResponse:
    if "sha256" in request.POST:
        form = ChecksumForm(request.POST)
        if not form.is_valid():
            return _page(request, file_form=form)
        return _page(request, answer=checked_by_checksum(form.cleaned_data["sha256"], clock.now()), by_file=True)
    code_form = CodeForm(request.POST)
    if not code_form.is_valid():
        return _page(request, code_form=code_form)
    return redirect("check_code", code=grouped(code_form.cleaned_data["code"]))


@never_cache
@require_GET
@throttled("check", per_minute=PER_MINUTE)
def check_code(request: HttpRequest, code: str) -> HttpResponse:
    """The answer about one code, as the QR code opens it."""
    return _page(request, answer=checked_by_code(understood(code), clock.now()), code=code)


def _page(request: HttpRequest, *, answer: Check | None = None, code: str = "", **context: Any) -> HttpResponse:
    context.setdefault("code_form", CodeForm())
    context.setdefault("file_form", ChecksumForm())
    if answer:
        document, embargo, now = answer.document, answer.embargo, clock.now()
        context |= {
            "answer": answer.answer,
            "words": WORDS[answer.answer],
            "code": code[:60],
            "document": document,
            "older": answer.older,
            "facts": facts_of(answer, result_url=results_url(document.round, now) if document else ""),
            "signature": signature_of(answer),
            "signed_sha256": answer.signed.sha256 if answer.signed else "",
            "checked_at": wording.date_time(now, document.round.time_zone) if document else "",
            "opens_at": wording.date_time(embargo.until, embargo.zone) if embargo else "",
            "is_demo": document.round.edition.is_demo if document else bool(embargo and embargo.is_demo),
            # Demo editions carry their mark here as on every page and paper.
            "round": document.round if document else None,
        }
    return render(request, "judging/public/check.html", context)
