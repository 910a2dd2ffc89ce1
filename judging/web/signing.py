"""Signing issued papers with a certificate file, portion by portion, and what became of each paper's signatures.

The passphrase is read from the request and handed to the service; no page, message or session ever holds it. Between
portions it stays in the form of the browser, which sends the next one by itself; without scripts it is typed again.
"""

from collections import Counter
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from judging.models import DocumentKind, SignedFile
from judging.permissions.signing import can_see_signatures, can_sign_papers
from judging.selectors.documents import DocumentDamaged, documents_of
from judging.selectors.signing import (
    SigningRow,
    can_be_signed,
    history_of,
    report_of,
    signed_bytes,
    signed_form,
    signed_forms,
    signing_rows,
    usable_certificates,
)
from judging.services.signing import PORTION, Failure, Signed, sign_papers, withdraw_signature
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock, phrases, wording
from paritrana.kernel.errors import DomainError
from paritrana.kernel.sentences import explain

from . import signing_certificates, signing_outside
from .acting import attempt, forbid_unless, person
from .downloads import HEADERS, sent_archive
from .signing_words import FOLDER, crumbs, sign_url, signed_facts, signed_name, standing_badge


class ManyPapers(forms.TypedMultipleChoiceField):
    """Ids of papers; one that was signed meanwhile, and is not offered any more, is no error."""

    def valid_value(self, value: Any) -> bool:
        """Whether it may be an id at all."""
        return str(value).isdecimal() and len(str(value)) < 12


class Kinds(forms.MultipleChoiceField):
    """Kinds of papers; one whose last paper was signed by the portion before is no error."""

    def valid_value(self, value: Any) -> bool:
        """Whether it is a kind at all."""
        return value in DocumentKind.values


class SignForm(forms.Form):
    """What to sign, with which certificate file, opened by which passphrase."""

    jenis = Kinds(label=_("All unsigned documents of these kinds"), required=False, widget=forms.CheckboxSelectMultiple)
    berkas = ManyPapers(
        label=_("Single documents"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple, empty_value=[]
    )
    gagal = ManyPapers(required=False, coerce=int, widget=forms.MultipleHiddenInput, empty_value=[])
    sertifikat: Any = forms.ModelChoiceField(label=_("Certificate file"), queryset=None, empty_label=None)
    sandi = forms.CharField(
        label=_("Passphrase of the certificate file"),
        strip=False,
        max_length=200,
        help_text=_("Used to sign and then forgotten. It is not stored anywhere."),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, rows: list[SigningRow], round: Round, *args: Any) -> None:
        super().__init__(*args)
        self.waiting = [row.document for row in rows if not row.signed]
        counts = Counter(document.kind for document in self.waiting)
        kinds: Any = self.fields["jenis"]
        kinds.choices = [(kind, f"{kind.label} ({counts[kind]})") for kind in DocumentKind if counts[kind]]
        single: Any = self.fields["berkas"]
        single.choices = [(one.pk, f"{one.number}: {one.title}") for one in self.waiting]
        certificates: Any = self.fields["sertifikat"]
        certificates.queryset = usable_certificates(round)

    def chosen(self) -> list[int]:
        """The unsigned papers that were chosen, without those that failed before in this run."""
        data = self.cleaned_data
        left_out = set(data["gagal"])
        return [
            one.pk
            for one in self.waiting
            if (one.kind in data["jenis"] or one.pk in data["berkas"]) and one.pk not in left_out
        ]


@sensitive_post_parameters("sandi")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@round_page(can_see_signatures)
def signing(request: HttpRequest, round: Round) -> HttpResponse:
    """Which papers are signed; posting signs the next portion of those chosen."""
    rows, may_sign = signing_rows(round), can_sign_papers(person(request), round)
    if request.method == "POST":
        forbid_unless(may_sign)
        return _portion(request, round, SignForm(rows, round, request.POST))
    form = SignForm(rows, round) if may_sign else None
    if form:  # ``?berkas=7``: where one paper is to be signed
        form.initial["berkas"] = request.GET.getlist("berkas")
    return _page(request, round, rows, form)


def _portion(request: HttpRequest, round: Round, form: SignForm) -> HttpResponse:
    """Sign the next papers; answer a script in data, a person with the page."""
    signed, problem = Signed([], [], []), ""
    if not form.is_valid():
        problem = " ".join(str(text) for texts in form.errors.values() for text in texts)
    elif not form.chosen():
        problem = str(_("Choose what to sign."))
    else:
        try:
            signed = sign_papers(
                round=round,
                certificate=form.cleaned_data["sertifikat"],
                passphrase=form.cleaned_data["sandi"],
                documents=form.chosen()[:PORTION],
                actor=person(request),
                at=clock.now(),
            )
        except DomainError as error:
            problem = explain(error)
    left = 0 if problem else max(len(form.chosen()) - PORTION, 0)
    if request.accepts("text/html"):
        return _told(request, round, form, signed, left, problem)
    failed = [{"id": one.document.pk, "text": _failure(one)} for one in signed.failed]
    done = len(signed.done) + len(signed.skipped)
    answer = {"signed": done, "left": left, "failed": failed, "problem": problem}
    return JsonResponse(answer, status=422 if problem else 200)


def _told(request: HttpRequest, round: Round, form: SignForm, signed: Signed, left: int, problem: str) -> HttpResponse:
    """Say what came of a portion; what is left stays chosen, and what failed is left out of the next one."""
    for failure in signed.failed:
        messages.error(request, _failure(failure))
    if signed.done:
        count = len(signed.done)
        text = ngettext("%(count)s document was signed.", "%(count)s documents were signed.", count)
        messages.success(request, text % {"count": count})
    if not problem and not left:
        return redirect(round_url("judging:signing", round))
    data = request.POST.copy()
    for failure in signed.failed:
        data.appendlist("gagal", str(failure.document.pk))
    rows = signing_rows(round)
    return _page(request, round, rows, SignForm(rows, round, data), left=left, problem=problem)


def _failure(failure: Failure) -> str:
    text = explain(failure.error)
    return text if failure.document.number in text else f"{failure.document.number}: {text}"


def _page(
    request: HttpRequest,
    round: Round,
    rows: list[SigningRow],
    form: SignForm | None,
    *,
    left: int = 0,
    problem: str = "",
) -> HttpResponse:
    signed = sum(row.signed is not None for row in rows)
    context = {
        "round": round,
        "form": form if form and form.waiting else None,
        "has_certificates": form is not None and usable_certificates(round).exists(),
        "may_sign": form is not None,
        "signed": signed,
        "total": len(rows),
        "left": left,
        "problem": problem,
        "portion": PORTION,
        "table": _table(rows, round, may_sign=form is not None),
        "crumbs": crumbs(round)[:1],
    }
    return render(request, f"{FOLDER}/signing.html", context, status=422 if problem else 200)


def _table(rows: list[SigningRow], round: Round, *, may_sign: bool) -> dict[str, Any]:
    labels = (_("Document"), _("Number"), _("Signature"))
    return {
        "columns": [{"label": label} for label in labels],
        "rows": [_row(row, round, may_sign=may_sign) for row in rows],
        "empty": {"title": _("No documents yet"), "text": _("Issue documents first; then they can be signed.")},
    }


def _row(row: SigningRow, round: Round, *, may_sign: bool) -> list[dict[str, Any]]:
    document, signed = row.document, row.signed
    url = round_url("judging:paper_signatures", round, document_id=document.pk)
    state: dict[str, Any] = {"text": _("Not signed"), "tone": "neutral", "icon": "circle"}
    if signed:
        state = standing_badge(report_of(signed)) | {"note": signed.signer}
    elif may_sign:
        state["url"] = sign_url(document, round)
    return [{"text": document.title, "url": url}, {"text": document.number}, state]


@require_safe
@never_cache
@round_page(can_see_signatures)
def paper_signatures(request: HttpRequest, round: Round, document_id: int) -> HttpResponse:
    """Every signed form that one paper ever had, with what was found in it."""
    document = documents_of(round).filter(pk=document_id).first()
    if document is None:
        raise Http404
    may_sign, takes_one = bool(can_sign_papers(person(request), round)), can_be_signed(document)
    forms_ = [_form(one, round, may_sign=may_sign) for one in history_of(document)]
    context = {
        "round": round,
        "document": document,
        "forms": forms_,
        "can_be_signed": takes_one,
        "sign_url": sign_url(document, round) if may_sign and takes_one else "",
        "crumbs": crumbs(round),
    }
    return render(request, f"{FOLDER}/paper.html", context)


def _form(signed: SignedFile, round: Round, *, may_sign: bool) -> dict[str, Any]:
    return {
        "signed": signed,
        "badge": standing_badge(report_of(signed)),
        "facts": signed_facts(signed, round.time_zone),
        "withdrawable": may_sign and not signed.superseded_at,
        "ended": signed.superseded_at and wording.date_time(signed.superseded_at, round.time_zone),
    }


@require_safe
@round_page(can_see_signatures)
def signed_file(request: HttpRequest, round: Round, signed_id: int) -> HttpResponseBase:
    """Download one signed form, as it was registered."""
    found = _found(round, signed_id)
    try:
        response = HttpResponse(signed_bytes(found), content_type="application/pdf", headers=HEADERS)
    except DocumentDamaged as error:
        messages.error(request, explain(error))
        return redirect(round_url("judging:paper_signatures", round, document_id=found.document_id))
    response["Content-Disposition"] = f'attachment; filename="{signed_name(found)}"'
    return response


@require_safe
@round_page(can_see_signatures)
def signed_archive(request: HttpRequest, round: Round) -> HttpResponseBase:
    """Download every signed form in force, in one archive."""
    name, found = f"tertanda-{round.scope.replace('/', '-')}.zip", list(signed_forms(round))
    try:
        for one in found:
            signed_bytes(one)
    except DocumentDamaged as error:
        messages.error(request, explain(error))
        return redirect(round_url("judging:signing", round))
    files = ((signed_name(one), partial(signed_bytes, one)) for one in found)
    return sent_archive(files, name, clock.now().astimezone(round.zone))


class WithdrawForm(forms.Form):
    """Why a signed form shall not count."""

    alasan = forms.CharField(label=phrases.REASON, max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@round_page(can_sign_papers)
def signature_withdraw(request: HttpRequest, round: Round, signed_id: int) -> HttpResponse:
    """Ask for the reason, then withdraw a signed form."""
    found = _found(round, signed_id)
    form = WithdrawForm(request.POST or None)
    back = round_url("judging:paper_signatures", round, document_id=found.document_id)
    if request.method == "POST" and form.is_valid():
        told = {"reason": form.cleaned_data["alasan"], "actor": person(request), "at": clock.now()}
        attempt(request, _("Withdrawn. The document counts as unsigned."), withdraw_signature, signed=found, **told)
        return redirect(back)
    context = {"round": round, "signed": found, "form": form, "cancel_url": back, "crumbs": crumbs(round)}
    return render(request, f"{FOLDER}/withdraw.html", context, status=422 if form.errors else 200)


def _found(round: Round, signed_id: int) -> SignedFile:
    found = signed_form(round, signed_id)
    if found is None:
        raise Http404
    return found


urlpatterns = [
    path("dokumen/tanda-tangan/", signing, name="signing"),
    path("dokumen/tanda-tangan/tertanda.zip", signed_archive, name="signed_archive"),
    path("dokumen/tanda-tangan/<int:document_id>/", paper_signatures, name="paper_signatures"),
    path("dokumen/tanda-tangan/berkas/<int:signed_id>/", signed_file, name="signed_file"),
    path("dokumen/tanda-tangan/berkas/<int:signed_id>/tarik/", signature_withdraw, name="signature_withdraw"),
    *signing_certificates.urlpatterns,
    *signing_outside.urlpatterns,
]
