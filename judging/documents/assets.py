"""Where the files of the paper lie: its own style sheets and ornaments, and the fonts.

``settings.PAPER_ASSETS`` is a list of directories with font files (the ``files`` folders of the
``@fontsource`` packages). A font that is not there is simply not offered, and the style sheets fall back
to what the system has; every paper stays readable with Debian's DejaVu alone.
"""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

PROJECT = Path(__file__).resolve().parents[2]
OWN_FILES = PROJECT / "static" / "documents"
FONT_DIRECTORIES = (
    PROJECT / "node_modules" / "@fontsource" / "inter" / "files",
    PROJECT / "node_modules" / "@fontsource" / "eb-garamond" / "files",
)
FACES = {
    "Inter": ("inter", ((400, "normal"), (600, "normal"))),
    "EB Garamond": ("eb-garamond", ((400, "normal"), (600, "normal"), (400, "italic"))),
}
_NAME = re.compile(r"app:(?P<kind>paper|font)/(?P<name>[a-z0-9][a-z0-9.-]*)")


def resolve(url: str) -> Path | None:
    """Return the file an ``app:paper/...`` or ``app:font/...`` address names, or None.

    Names are single plain file names, so an address cannot leave the folders it may look into.
    """
    match = _NAME.fullmatch(url)
    if match is None or ".." in match["name"]:
        return None
    folders = [OWN_FILES] if match["kind"] == "paper" else font_directories()
    for folder in folders:
        file = (folder / match["name"]).resolve()
        if file.is_file() and file.is_relative_to(folder.resolve()):
            return file
    return None


def font_directories() -> list[Path]:
    """Return the directories that hold font files, in order of preference."""
    return [Path(folder) for folder in getattr(settings, "PAPER_ASSETS", FONT_DIRECTORIES)]


def font_faces(*families: str) -> str:
    """Return the style rules for those faces of the families whose files are present.

    Unpacking a face costs about 0.1 s, so a paper names only the families it uses.
    """
    rules = []
    for family in families:
        slug, faces = FACES[family]
        for weight, style in faces:
            url = f"app:font/{slug}-latin-{weight}-{style}.woff2"
            if resolve(url):
                rules.append(
                    f"@font-face {{ font-family: '{family}'; font-weight: {weight}; font-style: {style};"
                    f" src: url({url}) format('woff2') }}"
                )
    return "\n".join(rules)
