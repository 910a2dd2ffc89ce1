"""Pictures and designs of certificates, as small as they may be."""

import io
from typing import Any

import pytest

from judging.models import DesignPicture, PictureKind
from judging.services.certificate_designs import Block, Choice, add_picture
from judging.web import certificate_designs as pages
from nominees.models import Round
from paritrana.accounts.models import User
from tests.factories.world import AT

BLOCK = Block(office="Gubernur Nusa Tenggara Timur", name="Maria Goreti Lake (contoh)")


def drawn(kind: str = "PNG", size: tuple[int, int] = (12, 8), mode: str = "RGB", **saved: Any) -> bytes:
    """Return a picture of one colour."""
    from PIL import Image

    target = io.BytesIO()
    Image.new(mode, size, "#8a6d1d").save(target, kind, **saved)
    return target.getvalue()


def make_picture(round: Round, actor: User, kind: str = PictureKind.LOGO, **size: Any) -> DesignPicture:
    """Return a picture that ``actor`` brought."""
    return add_picture(round=round, kind=kind, name="lambang.png", content=drawn(**size), actor=actor, at=AT)


def chosen(**changes: Any) -> Choice:
    """Return a design with one signature block."""
    usual = {"frame": "songket", "orientation": "portrait", "paper": "F4", "colour": "#7a1f2b", "blocks": (BLOCK,)}
    return Choice(**usual | changes)


def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the PDF of a preview be its data, and let everything fit: who gets it is asked, not how it is set."""
    monkeypatch.setattr(pages, "render_certificate", lambda data: repr(data).encode())
    monkeypatch.setattr(pages, "fits", lambda _data: True)
