"""Papers signed elsewhere: the files to sign, and bringing them back, one or many, also in an archive."""

import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from judging.models import DocumentKind
from judging.permissions.signing import can_sign_papers
from judging.selectors.documents import DocumentDamaged
from judging.selectors.signing import report_of, unsigned_papers
from judging.services.signing_outside import LARGEST, Register, register_outside
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock
from paritrana.kernel.errors import DomainError
from paritrana.kernel.forms import page_form_helper
from paritrana.kernel.sentences import explain

from .acting import person
from .downloads import zip_response
from .signing_words import FOLDER, crumbs, standing_badge

ARCHIVE = b"PK"
MOST_FILES = 100  # in one upload: a file takes a tenth of a second


class FilesInput(forms.ClearableFileInput):
    """A field for several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each cleaned like one."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Every file; without any, the error of the single field."""
        single = super().clean
        return [single(one, initial) for one in data] if data else [single(None, initial)]


class OutsideForm(forms.Form):
    """Signed files, and why they replace others."""

    berkas = FilesField(
        label=_("Signed files"),
        help_text=_("PDF files, or one ZIP with them; at most 100 files of 20 MB each. Their names do not matter."),
        widget=FilesInput(attrs={"accept": ".pdf,.zip"}),
    )
    alasan = forms.CharField(
        label=_("Reason to replace"),
        max_length=300,
        required=False,
        help_text=_("Only where a document has a signed form already."),
    )
    helper = page_form_helper(_("Register the signed files"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@round_page(can_sign_papers)
def signed_outside(request: HttpRequest, round: Round) -> HttpResponse:
    """What is still to be signed, to take along; posting registers what came back and says what came of each file."""
    form = OutsideForm(request.POST, request.FILES) if request.method == "POST" else OutsideForm()
    results: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        results = _registered(request, round, form)
        form = OutsideForm()
    waiting = unsigned_papers(round)
    kinds = [kind for kind in DocumentKind if any(one.kind == kind for one in waiting)]
    context = {
        "round": round,
        "form": form,
        "results": _table(results),
        "waiting": len(waiting),
        "kinds": [{"code": kind.value, "label": kind.label} for kind in kinds],
        "crumbs": crumbs(round),
    }
    refused = bool(form.errors) or any(row["refused"] for row in results)
    return render(request, f"{FOLDER}/outside.html", context, status=422 if refused else 200)


def _registered(request: HttpRequest, round: Round, form: OutsideForm) -> list[dict[str, Any]]:
    """Register each file by itself: one that is refused keeps no other back."""
    told = {"reason": form.cleaned_data["alasan"], "actor": person(request), "at": clock.now()}
    register, results = Register(round), []
    for name, content in brought(form.cleaned_data["berkas"]):
        try:
            signed = register_outside(register=register, content=content, **told)
        except DomainError as error:
            results.append({"name": name, "refused": True, "text": explain(error)})
        else:
            text = f"{signed.document.number}: {signed.document.title}"
            badge = standing_badge(report_of(signed)) | {"note": signed.signer}
            results.append({"name": name, "refused": False, "text": text, "signature": badge})
    return results


def brought(files: Iterable[UploadedFile]) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of each file, and of each PDF in an archive, :data:`MOST_FILES` at most.

    No more of a file is read than shows that it is too large, whatever an archive says of itself.
    """
    count = 0
    for file in files:
        for name, content in _inside(file):
            count += 1
            if count > MOST_FILES:
                return
            yield name[:200], content


def _inside(file: UploadedFile) -> Iterator[tuple[str, bytes]]:
    name = str(file.name)
    # By its first letters: what a PDF has appended to it makes no archive of it.
    is_archive = file.read(len(ARCHIVE)) == ARCHIVE
    file.seek(0)
    if not is_archive:
        yield name, bytes(file.read(LARGEST + 1))
        return
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        yield name, b""
        return
    with archive:
        for entry in archive.infolist()[: 10 * MOST_FILES]:
            if entry.is_dir() or not entry.filename.lower().endswith(".pdf") or entry.filename.startswith("__MACOSX"):
                continue
            try:
                with archive.open(entry) as packed:
                    content = packed.read(LARGEST + 1)
            except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, ValueError):
                content = b""  # locked or broken: told like any file that cannot be read
            yield entry.filename, content


def _table(results: list[dict[str, Any]]) -> dict[str, Any]:
    done = {"text": _("Registered"), "tone": "success", "icon": "check"}
    refused = {"text": _("Refused"), "tone": "danger", "icon": "x"}
    rows = [
        [
            {"text": row["name"]},
            refused if row["refused"] else done,
            {"text": row["text"]},
            row.get("signature", {"text": "–"}),
        ]
        for row in results
    ]
    labels = (_("File"), _("Result"), _("Document"), _("Signature"))
    return {"columns": [{"label": label} for label in labels], "rows": rows}


@require_safe
@round_page(can_sign_papers)
def unsigned_archive(request: HttpRequest, round: Round) -> HttpResponseBase:
    """Download the issued files that have no signed form yet, those of one kind or all."""
    kind = request.GET.get("jenis", "")
    papers = unsigned_papers(round, [kind] if kind else ())
    name = f"untuk-ditandatangani-{round.scope.replace('/', '-')}.zip"
    try:
        return zip_response(papers, name, round.zone)
    except DocumentDamaged as error:
        messages.error(request, explain(error))
        return redirect(round_url("judging:signed_outside", round))


urlpatterns = [
    path("dokumen/tanda-tangan/luar/", signed_outside, name="signed_outside"),
    path("dokumen/tanda-tangan/luar/berkas.zip", unsigned_archive, name="unsigned_archive"),
]
