"""Showing a paper that is not issued: in place, and kept by nobody."""

from django.http import HttpResponse

from .downloads import HEADERS


def preview_response(pdf: bytes, name: str) -> HttpResponse:
    """Return ``pdf`` to be shown by the browser."""
    response = HttpResponse(pdf, content_type="application/pdf", headers=HEADERS)
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
