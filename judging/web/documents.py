"""The documents page: which papers there are, issuing what is missing, downloads, and revoking."""

from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from judging.models import Document, DocumentKind
from judging.permissions import can_issue_documents, can_read_documents
from judging.selectors.documents import PaperRow, PaperState, certificates_in_force, documents_of, papers_of
from judging.services.documents import issue_all, revoke_document
from judging.web.downloads import paper_response, zip_response
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.accounts.models import User
from paritrana.kernel import clock, phrases
from paritrana.kernel.errors import DomainError
from paritrana.kernel.sentences import explain

BADGES = {
    PaperState.READY: {"tone": "info", "icon": "clock", "text": _("Ready to issue")},
    PaperState.ISSUED: {"tone": "success", "icon": "check", "text": _("Issued")},
    PaperState.OUTDATED: {"tone": "warning", "icon": "alert-triangle", "text": _("Outdated, to be revoked")},
    PaperState.REVOKED: {"tone": "danger", "icon": "ban", "text": _("Revoked")},
}


class RevokeForm(forms.Form):
    """Why a paper is revoked."""

    reason = forms.CharField(label=phrases.REASON, max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


def _user(request: HttpRequest) -> User:
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - round_page lets nobody else in
    return user


@require_http_methods(["GET", "HEAD", "POST"])
@round_page(can_read_documents)
def documents(request: HttpRequest, round: Round) -> HttpResponse:
    """All papers by kind; posting issues what is missing."""
    may_issue = can_issue_documents(_user(request), round)
    if request.method == "POST":
        if not may_issue:
            raise PermissionDenied(may_issue.code)
        return _issued(request, round)
    rows = papers_of(round)
    groups = [
        {"label": DocumentKind(kind).label, "rows": [_row(row) for row in found]}
        for kind, found in groupby(rows, key=lambda row: row.kind)
    ]
    context = {
        "round": round,
        "groups": groups,
        "may_issue": bool(may_issue),
        "missing": sum(row.state == PaperState.READY for row in rows),
        "issued": sum(row.state == PaperState.ISSUED for row in rows),
        "has_certificates": any(
            row.state == PaperState.ISSUED and row.kind == DocumentKind.CERTIFICATE for row in rows
        ),
    }
    return render(request, "judging/documents/documents.html", context)


def _row(row: PaperRow) -> dict[str, Any]:
    return {
        "title": row.title,
        "document": row.document,
        "badge": BADGES[row.state],
        "revocable": row.state in (PaperState.ISSUED, PaperState.OUTDATED),
    }


def _issued(request: HttpRequest, round: Round) -> HttpResponse:
    before = documents_of(round).count()
    try:
        issue_all(round=round, actor=_user(request), at=clock.now())
    except DomainError as error:
        messages.error(request, explain(error))
    else:
        count = documents_of(round).count() - before
        text = ngettext("%(count)s document was issued.", "%(count)s documents were issued.", count)
        messages.success(request, text % {"count": count} if count else _("Every document had been issued before."))
    return redirect(round_url("judging:documents", round))


@require_safe
@round_page(can_read_documents)
def document(request: HttpRequest, round: Round, document_id: int) -> HttpResponseBase:
    """Download one paper as it was issued."""
    found = get_object_or_404(Document, pk=document_id, round=round)
    try:
        return paper_response(found)
    except DomainError as error:
        messages.error(request, explain(error))
        return redirect(round_url("judging:documents", round))


@require_safe
@round_page(can_read_documents)
def certificates(request: HttpRequest, round: Round) -> HttpResponseBase:
    """Download all certificates that stand, in one archive."""
    try:
        return zip_response(certificates_in_force(round), f"piagam-{round.scope.replace('/', '-')}.zip", round.zone)
    except DomainError as error:
        messages.error(request, explain(error))
        return redirect(round_url("judging:documents", round))


@require_http_methods(["GET", "HEAD", "POST"])
@round_page(can_issue_documents)
def revoke(request: HttpRequest, round: Round, document_id: int) -> HttpResponse:
    """Ask for the reason, then revoke."""
    found = get_object_or_404(Document, pk=document_id, round=round)
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            revoke_document(document=found, reason=form.cleaned_data["reason"], actor=_user(request), at=clock.now())
        except DomainError as error:
            messages.error(request, explain(error))
        else:
            messages.success(request, _("The document was revoked. A new one can be issued under a new number."))
        return redirect(round_url("judging:documents", round))
    return render(request, "judging/documents/revoke.html", {"round": round, "document": found, "form": form})


urlpatterns = [
    path("dokumen/", documents, name="documents"),
    path("dokumen/piagam.zip", certificates, name="certificates"),
    path("dokumen/<int:document_id>/", document, name="document"),
    path("dokumen/<int:document_id>/cabut/", revoke, name="revoke_document"),
]
