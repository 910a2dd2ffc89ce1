"""The front-end files that the pages use, picked by name from the installed npm packages and bundled.

Nothing downloaded or bundled is committed: set-up runs ``npm ci`` and then ``python -m paritrana.frontend``, which
copies the few files named here into ``.build/static`` (one of ``STATICFILES_DIRS``), style sheets without what no page
can use (``used_styles``), draws the icons named here into
one SVG sprite and lets esbuild join what one page needs into one file: a phone on a bad network pays for each request.
Needs no Django, so that it runs before anything is configured.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from paritrana.used_styles import sources, used

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
SOURCES = ROOT / "static"
BUILD = ROOT / ".build" / "static"

# Entry files in ``static`` and the bundles that pages name. Those of ``CLASSIC`` become scripts instead of modules:
# not every browser takes a module as a service worker.
BUNDLES = {
    "paritrana/app.css": "bundles/app.css",
    "judging/board.js": "bundles/board.js",
    "judging/sheet.js": "bundles/sheet.js",
    "judging/day.js": "bundles/day.js",
    "judging/schedule-board.js": "bundles/schedule-board.js",
    "judging/conflict.js": "bundles/conflict.js",
    "judging/long-task.js": "bundles/long-task.js",
    "judging/plenary-screen.js": "bundles/plenary-screen.js",
    "judging/certificate-preview.js": "bundles/certificate-preview.js",
    "judging/ceremony-show.js": "bundles/ceremony-show.js",
    "judging/ceremony-screen.js": "bundles/ceremony-screen.js",
    "offline/sign-out.js": "bundles/sign-out.js",
    "offline/service-worker.js": "bundles/service-worker.js",
}
CLASSIC = frozenset({"offline/service-worker.js"})

STYLESHEETS = {"@tabler/core/dist/css/tabler.min.css": "vendor/tabler.css"}
FILES = {
    "@fontsource/inter/files/inter-latin-400-normal.woff2": "vendor/inter-400.woff2",
    "@fontsource/inter/files/inter-latin-600-normal.woff2": "vendor/inter-600.woff2",
    "@fontsource/inter/LICENSE": "vendor/inter-license.txt",
    "@fontsource/eb-garamond/files/eb-garamond-latin-400-normal.woff2": "vendor/eb-garamond-400.woff2",
    "@fontsource/eb-garamond/files/eb-garamond-latin-600-normal.woff2": "vendor/eb-garamond-600.woff2",
    "@fontsource/eb-garamond/files/eb-garamond-latin-400-italic.woff2": "vendor/eb-garamond-400-italic.woff2",
    "@fontsource/eb-garamond/LICENSE": "vendor/eb-garamond-license.txt",
    "@tabler/icons/LICENSE": "vendor/icons-license.txt",
}
SPRITE = "vendor/icons.svg"

# Tests read the accessibility checker from its package; it is never served.
AXE = PACKAGES / "axe-core" / "axe.min.js"

# Names of https://tabler.io/icons; ``components/icon.html`` takes them from the sprite.
ICONS = (
    "alert-circle",
    "alert-triangle",
    "arrow-down",
    "arrow-left",
    "arrow-right",
    "arrow-up",
    "award",
    "ban",
    "building",
    "building-bank",
    "building-community",
    "calendar",
    "calendar-event",
    "category",
    "certificate",
    "chart-bar",
    "check",
    "chevron-down",
    "chevron-left",
    "chevron-right",
    "circle",
    "circle-check",
    "circle-dashed",
    "circle-x",
    "clipboard-check",
    "clipboard-list",
    "clock",
    "clock-hour-4",
    "device-floppy",
    "download",
    "edit",
    "external-link",
    "eye",
    "eye-off",
    "file-certificate",
    "file-description",
    "file-spreadsheet",
    "file-text",
    "filter",
    "flag",
    "gavel",
    "hand-stop",
    "help-circle",
    "history",
    "home",
    "hourglass",
    "id-badge-2",
    "info-circle",
    "language",
    "link",
    "list-check",
    "list-details",
    "list-numbers",
    "lock",
    "lock-open",
    "login",
    "logout",
    "map-pin",
    "menu-2",
    "minus",
    "phone",
    "player-play",
    "plus",
    "printer",
    "qrcode",
    "refresh",
    "scale",
    "search",
    "send",
    "settings",
    "shield-check",
    "signature",
    "trash",
    "trophy",
    "upload",
    "user",
    "user-check",
    "user-off",
    "users",
    "wifi-off",
    "x",
)

_SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=.*?\*/")
_DRAWING = re.compile(r"<svg\b[^>]*>(?P<shapes>.*)</svg>", re.DOTALL)
_EMPTY_BOX = re.compile(r'<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>')
_BETWEEN_SHAPES = re.compile(r">\s+<")

_SYMBOL = (
    '<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"'
    ' stroke-linecap="round" stroke-linejoin="round">{shapes}</symbol>'
)


def symbol(name: str, drawing: str) -> str:
    """Return the SVG ``drawing`` of one icon as a ``<symbol>`` called ``name``.

    Raises ``ValueError`` if ``drawing`` is not a single SVG element.
    """
    match = _DRAWING.search(drawing)
    if match is None:
        raise ValueError(f"icon {name} is not an SVG drawing")
    shapes = _EMPTY_BOX.sub("", match["shapes"])
    return _SYMBOL.format(name=name, shapes=_BETWEEN_SHAPES.sub("><", shapes).strip())


def sprite(folder: Path, names: tuple[str, ...] = ICONS) -> str:
    """Return one SVG file with a symbol for each of ``names``, read from ``folder``."""
    symbols = [symbol(name, (folder / f"{name}.svg").read_text("utf-8")) for name in names]
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n'


def bundle(packages: Path, target: Path, sources: Path = SOURCES) -> int:
    """Write each of ``BUNDLES`` below ``target``; return how many.

    Raises ``FileNotFoundError`` if esbuild is missing and ``subprocess.CalledProcessError``, after its own message, if
    it refuses a file.
    """
    program = next(iter(sorted(packages.glob("@esbuild/*/bin/esbuild"))), packages / "@esbuild" / "bin" / "esbuild")
    if not program.exists():
        raise FileNotFoundError(2, "esbuild is missing", str(program))
    for source, name in BUNDLES.items():
        form = "iife" if source in CLASSIC else "esm"
        options = (
            "--bundle",
            "--minify",
            "--target=es2022",
            "--log-level=warning",
            "--charset=utf8",
            "--external:*.woff2",
        )
        subprocess.run(  # noqa: S603 (a program of our own lock file, on files of our own)
            [program, sources / source, *options, f"--format={form}", f"--outfile={target / name}"],
            check=True,
            cwd=sources.parent,
        )
    return len(BUNDLES)


def build(packages: Path = PACKAGES, target: Path = BUILD) -> int:
    """Make ``target`` afresh from the npm ``packages`` folder; return the number of files.

    What was built before stays in place until everything is there. Raises ``FileNotFoundError`` if a package or an icon
    is missing.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".making-", dir=target.parent) as folder:
        made = Path(folder) / target.name
        count = _make(packages, made)
        shutil.rmtree(target, ignore_errors=True)
        made.rename(target)
    return count


def _make(packages: Path, target: Path) -> int:
    (target / "vendor").mkdir(parents=True)
    for source, name in FILES.items():
        shutil.copyfile(packages / source, target / name)
    named = tuple(sources(ROOT))
    for source, name in STYLESHEETS.items():
        # The hashed-name storage would look for the map, which is not shipped.
        text = _SOURCE_MAP.sub("", (packages / source).read_text("utf-8"))
        (target / name).write_text(used(text, named), "utf-8")
    icons = packages / "@tabler" / "icons" / "icons" / "outline"
    (target / SPRITE).write_text(sprite(icons), "utf-8")
    return len(FILES) + len(STYLESHEETS) + 1 + bundle(packages, target)


def main() -> int:
    """Build and report in one line; the status is 1 if something is missing."""
    try:
        count = build()
    except FileNotFoundError as error:
        sys.stderr.write(f"Front-end files: {error.filename} is missing; run npm ci.\n")
        return 1
    sys.stdout.write(f"Front-end files: {count} written to {BUILD.relative_to(ROOT)}/.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
