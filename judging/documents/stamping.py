"""Putting one drawn ground under many pages: it is laid out once and stored once in each file."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pikepdf import Pdf

_RESOURCES = ("/Pattern", "/Shading", "/ExtGState", "/XObject", "/Font")


def put_under(content: bytes, ground: bytes) -> bytes:
    """Return the PDF ``content`` with the only page of the PDF ``ground`` below each of its pages, of the same size.

    The ground is marked as decoration, which screen readers pass over. Tags, metadata and output intent of ``content``
    stay. Equal input gives equal bytes.
    """
    import pikepdf

    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf, pikepdf.open(io.BytesIO(ground)) as under:
        drawing = pdf.copy_foreign(under.pages[0].as_form_xobject())
        for page in pdf.pages:
            name = page.add_resource(drawing, pikepdf.Name.XObject, pikepdf.Name.Ground)
            page.contents_add(b"/Artifact BMC q %s Do Q EMC" % str(name).encode(), prepend=True)
        _drop_empty_resources(pdf)
        pdf.save(target, deterministic_id=True)
    return target.getvalue()


def _drop_empty_resources(pdf: Pdf) -> None:
    """Drop the kinds of resources of which there are none: validators stumble over an empty list of patterns."""
    from pikepdf import Dictionary, Stream

    for one in pdf.objects:
        lists = one.get("/Resources") if isinstance(one, Stream) else one
        if not isinstance(lists, Dictionary):
            continue
        for kind in _RESOURCES:
            members = lists.get(kind)
            if isinstance(members, Dictionary) and not members.keys():
                del lists[kind]
