"""The only door through which a paper may ask for a file: data addresses and our own folders.

WeasyPrint by itself fetches any address a page names and attaches local files to the PDF; one piece of
text that slipped through as markup would be enough. Here everything else stops the rendering.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .assets import resolve

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher

CONTENT_TYPES = {".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2"}


def strict_fetcher() -> URLFetcher:
    """Return a fetcher that answers ``data:`` and ``app:`` and makes any other address fatal."""
    # WeasyPrint costs half a second to import, so its class is only derived from when a paper is made.
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class PaperFetcher(URLFetcher):  # type: ignore[misc] # WeasyPrint carries no types
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            file = resolve(url)
            if file is None or file.suffix not in CONTENT_TYPES:
                raise FatalURLFetchingError(f"a paper asked for something that is not its own: {url[:200]}")
            return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": CONTENT_TYPES[file.suffix]}, 200)

    return PaperFetcher(allowed_protocols=("data", "app"), allow_redirects=False)
