"""Handing out stored papers: the bytes as issued, never shown in place and never kept by a cache in between."""

import gc
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse, StreamingHttpResponse

from judging.models import Document, DocumentKind, Invitation, SignedFile
from judging.selectors.documents import file_name, stored_bytes

Paper = Document | Invitation | SignedFile
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADERS = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}


def paper_response(document: Document) -> HttpResponse:
    """Return the stored bytes as a download. Raises ``DocumentDamaged``."""
    kind = XLSX if document.kind == DocumentKind.RANKING_WORKBOOK else "application/pdf"
    response = HttpResponse(stored_bytes(document), content_type=kind, headers=HEADERS)
    response["Content-Disposition"] = f'attachment; filename="{file_name(document)}"'
    return response


def zip_response(
    documents: Sequence[Paper], name: str, zone: ZoneInfo, *, named: Callable[[Any], str] = file_name
) -> StreamingHttpResponse:
    """Return the papers as one archive, sent while it is written. Raises ``DocumentDamaged`` before the first byte."""
    for document in documents:
        stored_bytes(document)
    response = StreamingHttpResponse(_archive(documents, zone, named), content_type="application/zip", headers=HEADERS)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def sent_archive(files: Iterable[tuple[str, Callable[[], bytes]]], name: str, at: datetime) -> StreamingHttpResponse:
    """Return files that are made one by one as one archive, each sent before the next is made; ``at`` is local."""
    response = StreamingHttpResponse(_made(files, at), content_type="application/zip", headers=HEADERS)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


class _Sink:
    """A file that cannot be sought: what is written is taken out again and sent."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []

    def write(self, data: bytes, /) -> int:
        self.waiting.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """Nothing to close."""

    def taken(self) -> bytes:
        """Return and forget what was written so far."""
        data, self.waiting = b"".join(self.waiting), []
        return data


def _made(files: Iterable[tuple[str, Callable[[], bytes]]], at: datetime) -> Iterator[bytes]:
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name, at.timetuple()[:6]), content())
            yield sink.taken()
            gc.collect()  # a laid-out paper refers to itself: left to chance, two or three lie in memory at once
    yield sink.taken()


def _archive(documents: Sequence[Paper], zone: ZoneInfo, named: Callable[[Any], str]) -> Iterator[bytes]:
    """Yield the archive piece by piece; PDFs are packed already, so they are only stored."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        for document in documents:
            made = document.registered_at if isinstance(document, SignedFile) else document.issued_at
            local: datetime = made.astimezone(zone)
            entry = zipfile.ZipInfo(named(document), local.timetuple()[:6])
            archive.writestr(entry, stored_bytes(document))
            yield sink.taken()
    yield sink.taken()
