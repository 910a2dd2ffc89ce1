"""The files picked from npm packages, the icon sprite and the lock file."""

import json
import re
import zlib
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from paritrana import frontend

DRAWING = """<svg
  xmlns="http://www.w3.org/2000/svg"
  width="24"
>
  <path stroke="none" d="M0 0h24v24H0z" fill="none" />
  <path d="M5 12l5 5" />
  <path d="M1 1" />
</svg>"""

# Writes an empty line where the real one writes a bundle.
ESBUILD = """#!/bin/sh
for given; do
  case "$given" in --outfile=*) file="${given#--outfile=}"; mkdir -p "$(dirname "$file")"; echo >"$file" ;; esac
done
"""


def _packages(folder: Path, icons: tuple[str, ...] = frontend.ICONS) -> Path:
    """Return a made-up npm folder holding what ``build`` picks, with the given ``icons``."""
    tool = folder / "@esbuild" / "made-up" / "bin" / "esbuild"
    tool.parent.mkdir(parents=True, exist_ok=True)
    tool.write_text(ESBUILD, "utf-8")
    tool.chmod(0o755)
    for name in (*frontend.FILES, *frontend.STYLESHEETS):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("a{}\n/*# sourceMappingURL=a.css.map */", "utf-8")
    drawings = folder / "@tabler" / "icons" / "icons" / "outline"
    drawings.mkdir(parents=True, exist_ok=True)
    for name in icons:
        (drawings / f"{name}.svg").write_text(DRAWING, "utf-8")
    return folder


def test_symbol_keeps_the_shapes_and_drops_the_empty_box() -> None:
    drawn = frontend.symbol("check", DRAWING)

    assert drawn.startswith('<symbol id="check" viewBox="0 0 24 24"')
    assert drawn.endswith('><path d="M5 12l5 5" /><path d="M1 1" /></symbol>')


def test_symbol_refuses_what_is_no_drawing() -> None:
    with pytest.raises(ValueError, match="check"):
        frontend.symbol("check", "<html></html>")


def test_build_writes_the_named_files_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "static"
    (target / "vendor").mkdir(parents=True)
    (target / "vendor" / "left-over.css").write_text("", "utf-8")

    count = frontend.build(_packages(tmp_path / "npm"), target)

    written = {str(path.relative_to(target)) for path in target.rglob("*") if path.is_file()}
    assert written == {
        *frontend.FILES.values(),
        *frontend.STYLESHEETS.values(),
        *frontend.BUNDLES.values(),
        frontend.SPRITE,
    }
    assert count == len(written)
    assert "sourceMappingURL" not in (target / "vendor" / "tabler.css").read_text("utf-8")


def test_build_draws_every_icon_once(tmp_path: Path) -> None:
    target = tmp_path / "static"
    frontend.build(_packages(tmp_path / "npm"), target)

    drawn = [symbol.get("id") for symbol in ET.parse(target / frontend.SPRITE).getroot()]  # noqa: S314

    assert drawn == list(frontend.ICONS)
    assert len(set(drawn)) == len(drawn)


def test_build_says_which_icon_is_missing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"x\.svg"):
        frontend.build(_packages(tmp_path / "npm", frontend.ICONS[:-1]), tmp_path / "static")


def test_the_installed_packages_hold_every_file_and_icon(tmp_path: Path) -> None:
    assert frontend.build(target=tmp_path / "static") == len(frontend.FILES) + 2 + len(frontend.BUNDLES)


def test_a_bundle_holds_what_its_entry_imports(tmp_path: Path) -> None:
    frontend.bundle(frontend.PACKAGES, tmp_path)

    style = (tmp_path / "bundles" / "app.css").read_text("utf-8")
    assert "@import" not in style
    assert "../vendor/inter-400.woff2" in style
    script = (tmp_path / "bundles" / "sheet.js").read_text("utf-8")
    assert "import " not in script
    assert "data-save-state" in script


def test_without_esbuild_the_build_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="esbuild"):
        frontend.bundle(tmp_path / "npm", tmp_path / "static")


def test_the_style_sheets_stay_inside_the_budget() -> None:
    """Our own style sheets are read on phones with little data: together at most 8 KB compressed."""
    sheets = sorted((frontend.ROOT / "static" / "paritrana").glob("*.css"))

    assert len(sheets) == 4
    assert sum(len(zlib.compress(sheet.read_bytes(), 9)) for sheet in sheets) < 8 * 1024


def test_the_lock_file_names_no_download_host() -> None:
    lock = json.loads((frontend.ROOT / "package-lock.json").read_text("utf-8"))

    assert [name for name, entry in lock["packages"].items() if "resolved" in entry] == []


def test_the_lock_file_carries_a_checksum_of_every_package() -> None:
    lock = json.loads((frontend.ROOT / "package-lock.json").read_text("utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}

    assert len(packages) >= 4
    assert [name for name, entry in packages.items() if not entry["integrity"].startswith("sha512-")] == []


def test_every_icon_that_a_template_names_is_in_the_list() -> None:
    pattern = re.compile(r'components/icon\.html" with name="([^"]+)"')
    named = {
        name
        for path in (frontend.ROOT / "templates").rglob("*.html")
        for name in pattern.findall(path.read_text("utf-8"))
    }

    assert "check" in named
    assert named - set(frontend.ICONS) == set()


def test_what_was_built_stays_while_a_package_is_missing(tmp_path: Path) -> None:
    target = tmp_path / "static"
    target.mkdir()
    (target / "kept.css").write_text("p { color: navy }", "utf-8")
    with pytest.raises(FileNotFoundError):
        frontend.build(tmp_path / "no-packages", target)
    assert [one.name for one in tmp_path.iterdir()] == ["static"]
    assert (target / "kept.css").exists()
