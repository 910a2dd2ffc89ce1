"""How signed forms of papers are told: the kind of a signature, the facts of one, the names of files."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from judging.documents.signing import Standing
from judging.models import Document, SignedFile
from judging.selectors.documents import file_name
from judging.selectors.signing import Report, report_of
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from paritrana.kernel import wording

FOLDER = "judging/signing"
SIGNATURES = _("Electronic signatures")

#: The two kinds of PP 71/2019, art. 60, and what is said where this site cannot tell.
STANDINGS = {
    Standing.CERTIFIED: {"tone": "success", "icon": "shield-check", "text": _("Certified signature")},
    Standing.UNCERTIFIED: {"tone": "info", "icon": "signature", "text": _("Uncertified signature")},
    Standing.UNKNOWN: {"tone": "info", "icon": "signature", "text": _("Signed; certified or not is not known here")},
}
STANDING_SENTENCES = {
    Standing.CERTIFIED: _(
        "Certified: the certificate leads to a recognised Indonesian provider (PP 71/2019). Whether it was revoked is"
        " not looked up here."
    ),
    Standing.UNCERTIFIED: _(
        "Uncertified: the certificate was not issued by a recognised Indonesian provider (PP 71/2019). It shows that"
        " the file has not been changed; for the name in it only its issuer vouches."
    ),
    Standing.UNKNOWN: _("Whether the certificate comes from a recognised Indonesian provider cannot be told here."),
}


def standing_badge(report: Report) -> dict[str, Any]:
    """Return the badge of a signed form: its kind, by icon and word."""
    return dict(STANDINGS[Standing(report.standing)])


def signed_facts(signed: SignedFile, zone: str) -> list[dict[str, Any]]:
    """Return what is told of a signed form wherever it is shown: who, when, with what, and which kind it is."""
    report = report_of(signed)
    facts: list[dict[str, Any]] = [
        {"label": _("Signed by"), "value": signed.signer},
        {"label": _("Certificate issued by"), "value": signed.issuer or "–"},
        {"label": _("Time of signing"), "value": _when(signed.signed_at, zone, proven=bool(report.stamped_at))},
        {"label": _("Kind of signature"), "value": STANDING_SENTENCES[Standing(report.standing)]},
    ]
    if report.rewritten:
        text = _("Written anew by the signing program: other bytes than those issued, the same pages.")
        facts.append({"label": _("File"), "value": text})
    return [*facts, {"label": _("SHA-256 of the signed file"), "value": signed.sha256}]


def _when(moment: datetime | None, zone: str, *, proven: bool) -> str:
    if moment is None:
        return "–"
    told = {"time": wording.date_time(moment, zone)}
    text = _("%(time)s, proven by a time stamp") if proven else _("%(time)s, as the signature says")
    return str(text) % told


def sign_url(document: Document, round: Round) -> str:
    """Return the address of the signatures with this one paper chosen."""
    return f"{round_url('judging:signing', round)}?berkas={document.pk}"


def signed_name(signed: SignedFile) -> str:
    """Return the name under which a signed form is saved: the paper's own, with a word behind it."""
    return file_name(signed.document).removesuffix(".pdf") + "-tertanda.pdf"


def crumbs(round: Round) -> list[dict[str, Any]]:
    """Return the way from the documents to a page below the signatures."""
    return [
        {"url": round_url("judging:documents", round), "label": _("Documents")},
        {"url": round_url("judging:signing", round), "label": SIGNATURES},
    ]
