"""Evidence on a nominee: bring it forward, read it, withdraw it."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from nominees.core.evidence_file import KINDS, PDF
from nominees.models import Evidence, EvidenceKind, Nomination, Round
from nominees.permissions import can_bring_evidence, can_see_evidence, can_see_nominees, has_role
from nominees.selectors.above import criteria_of
from nominees.selectors.evidence import EvidenceLost, evidence_at, evidence_of, file_name, stored_bytes
from nominees.services import evidence as services
from paritrana.kernel import clock
from paritrana.kernel.errors import DomainError
from paritrana.kernel.sentences import explain, sentence

from .access import round_page
from .detail import found_nomination
from .evidence_forms import FilesForm, LinkForm, WithdrawForm
from .evidence_parts import KEEPERS, evidence_table
from .parts import address

#: A file that somebody sent in is shown in a page without an origin: nothing in it runs, loads or asks anything.
SEALED = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
#: The viewers of PDF in Safari and Chrome are pages themselves: sealed off they stay empty. They keep what a PDF holds
#: away from the site, and by its type the file is never read as anything else.
SEALED_PDF = "frame-ancestors 'none'"


@round_page(can_bring_evidence)
def nominee_evidence(request: HttpRequest, round: Round, number: int) -> HttpResponse:
    """Show the evidence on a nominee; a post brings files or a link forward (the button ``kind`` says which)."""
    nomination = _open_to(request, found_nomination(round, number))
    criteria = criteria_of(nomination)
    kind = request.POST.get("kind", "")
    known: dict[str, Any] = {"round": round, "criteria": criteria}
    files = FilesForm(*_bound(request, kind == "files"), **known)
    link = LinkForm(*_bound(request, kind == "link"), **known)
    if (kind == "files" and files.is_valid() and _bring_files(request, nomination, files)) or (
        kind == "link" and link.is_valid() and _bring_link(request, nomination, link)
    ):
        return redirect(address("nominees:evidence", round, number=number))
    context = {
        "round": round,
        "nomination": nomination,
        "files": files,
        "link": link,
        "crumbs": _crumbs(round, nomination),
        "evidence": evidence_table(nomination, evidence_of(nomination), criteria, may_withdraw=True, may_open_all=True),
    }
    return render(request, "nominees/evidence/evidence.html", context)


@round_page(can_see_nominees)
@require_safe
def evidence_file(request: HttpRequest, round: Round, number: int, evidence_id: int) -> HttpResponse:
    """Send a stored file: what browsers show in place, sealed off; the rest, or with ``?simpan``, to be saved."""
    nomination = _open_to(request, found_nomination(round, number))
    evidence = evidence_at(nomination=nomination, evidence_id=evidence_id)
    if evidence is None or evidence.kind != EvidenceKind.FILE:
        raise Http404
    if evidence.is_withdrawn and not has_role(request.user, round, *KEEPERS):  # type: ignore[arg-type]
        raise Http404
    try:
        content = stored_bytes(evidence)
    except EvidenceLost as error:
        messages.error(request, explain(error))
        return redirect(address("nominees:detail", round, number=number))
    return _sealed(evidence, content, is_saved="simpan" in request.GET)


@round_page(can_bring_evidence)
def evidence_withdraw(request: HttpRequest, round: Round, number: int, evidence_id: int) -> HttpResponse:
    """Ask why a piece of evidence is withdrawn; a post withdraws it."""
    nomination = _open_to(request, found_nomination(round, number))
    evidence = evidence_at(nomination=nomination, evidence_id=evidence_id)
    if evidence is None:
        raise Http404
    form = WithdrawForm(request.POST or None)
    listing = address("nominees:evidence", round, number=number)
    if request.method == "POST" and form.is_valid():
        try:
            services.withdraw_evidence(
                evidence=evidence,
                reason=form.cleaned_data["reason"],
                actor=request.user,  # type: ignore[arg-type]
                at=clock.now(),
            )
        except DomainError as error:
            form.add_error(None, explain(error))
        else:
            messages.success(request, _("The evidence is withdrawn; it stays stored with the reason."))
            return redirect(listing)
    crumbs = [*_crumbs(round, nomination), {"url": listing, "label": _("Evidence")}]
    context = {"round": round, "nomination": nomination, "one": evidence, "form": form, "crumbs": crumbs}
    return render(request, "nominees/evidence/withdraw.html", context)


def _open_to(request: HttpRequest, nomination: Nomination) -> Nomination:
    """Return the nomination, or refuse whom a conflict of interest keeps from its evidence."""
    verdict = can_see_evidence(request.user, nomination)  # type: ignore[arg-type]
    if not verdict:
        raise PermissionDenied(verdict.code)
    return nomination


def _bound(request: HttpRequest, is_sent: bool) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if is_sent else (None, None)


def _crumbs(round: Round, nomination: Nomination) -> list[dict[str, Any]]:
    return [
        {"url": address("nominees:list", round), "label": _("Nominees")},
        {"url": address("nominees:detail", round, number=nomination.number), "label": nomination.nominee.name},
    ]


def _bring_files(request: HttpRequest, nomination: Nomination, form: FilesForm) -> bool:
    """Hand the files to the service; say of each on the form why it was refused."""
    limit, most = settings.EVIDENCE_SIZE_LIMIT + 1, settings.EVIDENCE_FILES_AT_ONCE + 1  # one more shows: too many
    sent = [services.Sent(file.name, file.read(limit)) for file in form.cleaned_data["uploads"][:most]]
    try:
        found = services.add_evidence_files(nomination=nomination, files=sent, **_common(request, form))
    except services.EvidenceRefused as refused:
        form.add_error("uploads", explain(refused))
        for one in refused.facts["problems"]:
            form.add_error("uploads", f"{one.name}: {sentence(one.code, one.facts)}")
        return False
    except DomainError as error:
        form.add_error("uploads", explain(error))
        return False
    text = ngettext("%(count)s file is stored.", "%(count)s files are stored.", len(found))
    messages.success(request, text % {"count": len(found)})
    return True


def _bring_link(request: HttpRequest, nomination: Nomination, form: LinkForm) -> bool:
    data = form.cleaned_data
    told = {"title": data["title"], "address": data["address"], **_common(request, form)}
    try:
        services.add_evidence_link(nomination=nomination, **told)
    except DomainError as error:
        form.add_error("address", explain(error))
        return False
    messages.success(request, _("The link is added."))
    return True


def _common(request: HttpRequest, form: Any) -> dict[str, Any]:
    data = form.cleaned_data
    return {
        "criterion": data["criterion"],
        "late_reason": data.get("late_reason", ""),
        "actor": request.user,
        "at": clock.now(),
    }


def _sealed(evidence: Evidence, content: bytes, *, is_saved: bool) -> HttpResponse:
    kind = KINDS.get(evidence.media_type)
    is_shown = kind is not None and kind.is_shown and not is_saved
    response = HttpResponse(content, content_type=kind.media_type if kind else "application/octet-stream")
    response["Content-Disposition"] = f'{"inline" if is_shown else "attachment"}; filename="{file_name(evidence)}"'
    response["Content-Security-Policy"] = SEALED_PDF if is_shown and kind == PDF else SEALED
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
