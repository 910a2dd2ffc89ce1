"""The province's certificate files: what each says, bringing one with its passphrase, withdrawing one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from judging.models import SigningCertificate
from judging.permissions.signing import can_sign_papers
from judging.selectors.signing import certificates_of, usable_certificates
from judging.services.signing_certificates import LARGEST, add_certificate, withdraw_certificate
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock, phrases, wording
from paritrana.kernel.errors import DomainError
from paritrana.kernel.forms import page_form_helper
from paritrana.kernel.sentences import explain

from .acting import attempt, person
from .signing_words import FOLDER, crumbs


class CertificateForm(forms.Form):
    """A certificate file with the passphrase that opens it."""

    nama = forms.CharField(
        label=phrases.NAME, max_length=120, required=False, help_text=_("What people call it, such as an office.")
    )
    berkas = forms.FileField(
        label=_("Certificate file"),
        help_text=_("A file .p12 or .pfx with its private key. It stays locked by its own passphrase."),
        widget=forms.FileInput(attrs={"accept": ".p12,.pfx"}),
    )
    sandi = forms.CharField(
        label=_("Passphrase of the certificate file"),
        strip=False,
        max_length=200,
        help_text=_("Used to read what the certificate says and then forgotten. It is not stored anywhere."),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    helper = page_form_helper(_("Add the certificate file"))

    def clean_berkas(self) -> bytes:
        """The bytes of a file that is not too large to be one."""
        file: UploadedFile = self.cleaned_data["berkas"]
        content = bytes(file.read(LARGEST + 1))
        if len(content) > LARGEST:
            raise forms.ValidationError(_("The file is too large for a certificate file."), code="too_large")
        return content


@sensitive_post_parameters("sandi")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@round_page(can_sign_papers)
@sensitive_variables()
def certificates(request: HttpRequest, round: Round) -> HttpResponse:
    """The certificate files; posting adds one."""
    form = CertificateForm(request.POST, request.FILES) if request.method == "POST" else CertificateForm()
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        told = {"passphrase": data["sandi"], "actor": person(request), "at": clock.now()}
        try:
            add_certificate(round=round, name=data["nama"], content=data["berkas"], **told)
        except DomainError as error:
            form.add_error(None, explain(error))
        else:
            messages.success(request, _("The certificate file was added."))
            return redirect(round_url("judging:signing_certificates", round))
    now = clock.now()
    context = {
        "round": round,
        "form": form,
        "usable": usable_certificates(round).exists(),
        "rows": [_row(one, round, expired=now > one.valid_until) for one in certificates_of(round)],
        "crumbs": crumbs(round),
    }
    return render(request, f"{FOLDER}/certificates.html", context, status=422 if form.errors else 200)


def _row(one: SigningCertificate, round: Round, *, expired: bool) -> dict[str, Any]:
    state = {"tone": "success", "icon": "check", "text": _("Usable")}
    if one.withdrawn_at:
        state = {"tone": "neutral", "icon": "ban", "text": _("Withdrawn")}
    elif expired:
        state = {"tone": "warning", "icon": "clock", "text": _("Expired")}
    issuer = _("The certificate itself (self-signed)") if one.is_self_signed else one.issuer
    times = [wording.date_time(moment, round.time_zone) for moment in (one.valid_from, one.valid_until)]
    facts = (
        (_("Holder of the certificate"), one.subject),
        (_("Certificate issued by"), issuer),
        (_("Valid from"), times[0]),
        (_("Valid until"), times[1]),
        (_("Serial number"), one.serial),
        (_("Fingerprint (SHA-256)"), one.fingerprint),
        (_("Added by"), f"{one.added_by}, {wording.date_time(one.added_at, round.time_zone)}"),
    )
    return {"certificate": one, "badge": state, "facts": [{"label": label, "value": value} for label, value in facts]}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@round_page(can_sign_papers)
def certificate_withdraw(request: HttpRequest, round: Round, certificate_id: int) -> HttpResponse:
    """Ask, then withdraw a certificate file."""
    found = get_object_or_404(certificates_of(round), pk=certificate_id)
    back = round_url("judging:signing_certificates", round)
    if request.method == "POST":
        told = {"actor": person(request), "at": clock.now()}
        attempt(request, _("The certificate file was withdrawn."), withdraw_certificate, certificate=found, **told)
        return redirect(back)
    context = {"round": round, "certificate": found, "cancel_url": back, "crumbs": crumbs(round)}
    return render(request, f"{FOLDER}/withdraw_certificate.html", context)


urlpatterns = [
    path("dokumen/tanda-tangan/sertifikat/", certificates, name="signing_certificates"),
    path(
        "dokumen/tanda-tangan/sertifikat/<int:certificate_id>/tarik/",
        certificate_withdraw,
        name="signing_certificate_withdraw",
    ),
]
