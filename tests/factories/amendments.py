"""Issued minutes without laying them out, and an amendment of them that waits for its second person."""

import hashlib
import io
from typing import Any

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from judging.models import Document, DocumentKind, MinutesCorrection
from judging.selectors.standings import tabulation_in_force
from judging.web import amendments, decree
from nominees.models import Round
from paritrana.accounts.models import User
from paritrana.kernel.check_code import new_code
from tests.factories.world import AT, make_user

WORDS: dict[str, str] = {
    "part": "Alinea pembuka, tempat rapat",
    "wrong": "Aula (contoh)",
    "right": "Aula Lantai Dua (contoh)",
    "reason": "rapat dipindahkan pada pagi hari (contoh)",
}


def small_paper(*runs: str) -> bytes:
    """Return a PDF of one page with ``runs`` of text, written as our papers are: by glyphs that tell their letters."""
    pdf, target = pikepdf.new(), io.BytesIO()
    glyphs = sorted({letter for run in runs for letter in run})
    cmap = "".join(f"<{index:04x}> <{ord(letter):04x}>\n" for index, letter in enumerate(glyphs))
    font = pikepdf.Dictionary(ToUnicode=pdf.make_stream(cmap.encode()))
    page = pdf.add_blank_page()
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    drawn = [f"<{''.join(f'{glyphs.index(letter):04x}' for letter in run)}> Tj" for run in runs]
    page.Contents = pdf.make_stream("\n".join(["/F 1 Tf", *drawn]).encode())
    pdf.save(target, deterministic_id=True)
    return target.getvalue()


def make_minutes(round: Round, user: User | None = None, **fields: Any) -> Document:
    """Return issued minutes of the run in force, of a few words."""
    content = MINUTES
    serial = round.documents.filter(kind=DocumentKind.MINUTES).count() + 1
    made: dict[str, Any] = {
        "round": round,
        "kind": DocumentKind.MINUTES,
        "tabulation": tabulation_in_force(round),
        "serial": serial,
        "number": f"BA-{serial:02d}/PARITRANA/NTT/2025",
        "title": "Berita acara pleno",
        "sha256": hashlib.sha256(content).hexdigest(),
        "check_code": new_code(),
        "issued_by": user or make_user(),
        "issued_at": AT,
    }
    file = default_storage.save(f"documents/{made['sha256'][:32]}.pdf", ContentFile(content))
    return Document.objects.create(**made | {"file": file} | fields)


MINUTES = small_paper("bertempat di Aula", "(contoh), Kupang")


def make_amendment(round: Round, user: User, **fields: Any) -> MinutesCorrection:
    """Return an amendment of minutes issued for it, asked for by ``user``."""
    minutes = fields.pop("minutes", None) or make_minutes(round, user)
    plenary = minutes.tabulation.plenary
    serial = plenary.corrections.count() + 1
    given = WORDS | {"requested_by": user, "requested_at": AT} | fields
    return MinutesCorrection.objects.create(plenary=plenary, minutes=minutes, serial=serial, **given)


def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lay no preview out: it is what it was given."""
    monkeypatch.setattr(amendments, "render_amendment", lambda data: repr(data).encode())
    monkeypatch.setattr(decree, "render_decree", lambda data: repr(data).encode())
