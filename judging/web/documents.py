"""The documents centre: which papers there are, issuing what is chosen, downloads, history, and revoking."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from judging.models import Document
from judging.permissions import can_issue_documents, can_read_documents
from judging.permissions.documents import can_open_documents, can_print_labels
from judging.selectors.documents import PaperRow, PaperState, papers_of, state_of
from judging.selectors.paper_subjects import CHOSEN_ONLY, Subject
from judging.selectors.print_batches import live_batch
from judging.services.documents import issue, revoke_document
from judging.services.print_batches import start_batch
from judging.web.downloads import paper_response
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.audit import actions
from paritrana.audit.selectors import events_of
from paritrana.kernel import clock, phrases
from paritrana.kernel.check_code import grouped
from paritrana.kernel.errors import DomainError
from paritrana.kernel.sentences import explain

from .acting import person
from .documents_page import BADGES, REVOCABLE, FilterForm, elsewhere, groups_of, line_of

#: Rows of one page of the list.
PAGE_SIZE = 30
#: Up to so many papers are issued while one waits; more go to a batch, whose page shows how far it is.
AT_ONCE = 12


class RevokeForm(forms.Form):
    """Why a paper is revoked."""

    reason = forms.CharField(label=phrases.REASON, max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


@require_http_methods(["GET", "HEAD", "POST"])
@round_page(can_open_documents)
def documents(request: HttpRequest, round: Round) -> HttpResponse:
    """All papers by kind; posting issues those that are chosen. Before the decision: what can be printed by then."""
    may_issue = can_issue_documents(person(request), round)
    if request.method == "POST":
        if not may_issue:
            raise PermissionDenied(may_issue.code)
        return _issued(request, round)
    rows = papers_of(round) if can_read_documents(person(request), round) else []
    form = FilterForm(request.GET)
    page = Paginator([line_of(row) for row in form.found(rows)], PAGE_SIZE).get_page(request.GET.get("page"))
    groups = groups_of(rows)
    context = {
        "round": round,
        "groups": groups,
        "page_obj": page,
        "lines": page.object_list,
        "form": form,
        "is_searched": form.is_searched(),
        "may_issue": bool(may_issue),
        "may_label": bool(can_print_labels(person(request), round)),
        "choosable": any(line["document"] is None for line in page.object_list),
        "missing": _count(rows, PaperState.READY),
        "issued": _count(rows, PaperState.ISSUED),
        "batch": live_batch(round),
        "elsewhere": elsewhere(person(request), round),
    }
    return render(request, "judging/documents/documents.html", context)


def _count(rows: Collection[PaperRow], state: PaperState) -> int:
    """How many papers of the decision are in ``state``; those that are only issued where chosen do not wait."""
    return sum(row.state == state and (state != PaperState.READY or row.kind not in CHOSEN_ONLY) for row in rows)


def _issued(request: HttpRequest, round: Round) -> HttpResponse:
    chosen = _chosen(request, papers_of(round))
    given: dict[str, Any] = {"round": round, "subjects": chosen, "actor": person(request), "at": clock.now()}
    try:
        if len(chosen) > AT_ONCE:
            batch = start_batch(**given)
            return redirect(round_url("judging:print_batch", round, number=batch.number))
        made = issue(**given)
    except DomainError as error:
        messages.error(request, explain(error))
    else:
        text = ngettext("%(count)s document was issued.", "%(count)s documents were issued.", len(made))
        none = _("Every document had been issued before.")
        messages.success(request, text % {"count": len(made)} if made else none)
    return redirect(round_url("judging:documents", round))


def _chosen(request: HttpRequest, rows: Collection[PaperRow]) -> list[Subject]:
    """What was chosen of all that is ready: single papers, or kinds; without a word, what the decision calls for."""
    ready = [row for row in rows if row.state == PaperState.READY]
    papers, kinds = set(request.POST.getlist("kertas")), set(request.POST.getlist("jenis"))
    if request.POST.get("langkah") == "kertas":
        return [row.subject for row in ready if row.subject.text in papers]
    if request.POST.get("langkah") == "jenis":
        return [row.subject for row in ready if row.kind in kinds]
    return [row.subject for row in ready if row.kind not in CHOSEN_ONLY]


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
def history(request: HttpRequest, round: Round, document_id: int) -> HttpResponse:
    """What happened to one paper: issued, signed, revoked, each with its event in the log and its checksum."""
    related = Document.objects.select_related("award", "special_award", "tabulation", "issued_by", "revoked_by")
    found = get_object_or_404(related.prefetch_related("signed_files__registered_by"), pk=document_id, round=round)
    state = state_of(found)
    events = events_of(round.scope).filter(object_type="judging.document", object_id=str(found.pk)).order_by("seq")
    context = {
        "round": round,
        "document": found,
        "state": BADGES[state],
        "code": grouped(found.check_code),
        "may_revoke": state in REVOCABLE and bool(can_issue_documents(person(request), round)),
        "signed": found.signed_files.all(),
        "events": [{"event": event, "label": actions.label(event.action)} for event in events],
        "breadcrumbs": _crumbs(round),
    }
    return render(request, "judging/documents/history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@round_page(can_issue_documents)
def revoke(request: HttpRequest, round: Round, document_id: int) -> HttpResponse:
    """Ask for the reason, then revoke; of a paper that was revoked before, tell when and why."""
    found = get_object_or_404(Document.objects.select_related("revoked_by"), pk=document_id, round=round)
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            revoke_document(document=found, reason=form.cleaned_data["reason"], actor=person(request), at=clock.now())
        except DomainError as error:
            messages.error(request, explain(error))
        else:
            messages.success(request, _("The document was revoked. A new one can be issued under a new number."))
        return redirect(round_url("judging:documents", round))
    context = {"round": round, "document": found, "form": form, "breadcrumbs": _crumbs(round)}
    return render(request, "judging/documents/revoke.html", context)


def _crumbs(round: Round) -> list[dict[str, Any]]:
    return [{"url": round_url("judging:documents", round), "label": _("Documents")}]


urlpatterns = [
    path("dokumen/", documents, name="documents"),
    path("dokumen/<int:document_id>/", document, name="document"),
    path("dokumen/<int:document_id>/riwayat/", history, name="document_history"),
    path("dokumen/<int:document_id>/cabut/", revoke, name="revoke_document"),
]
