"""The Indonesian catalogue is complete: every sentence of the pages has its translation, and none is a guess."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "locale" / "id" / "LC_MESSAGES" / "django.po"
SOURCES = ("paritrana", "nominees", "judging", "templates")
#: Official paper is Indonesian in every language, written literally.
PAPER = "templates/documents"
_PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%%|\{[a-z_]*\}")


@cache
def _catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> polib.POFile:
    """What ``makemessages`` finds in a copy of the sources, so that nothing of the project is written to."""
    copy = tmp_path_factory.mktemp("sources")
    for folder in SOURCES:
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__", "migrations"))
    (copy / "locale").mkdir()
    code = "import sys; from django.core.management import call_command; import django; django.setup(); "
    code += "call_command('makemessages', locale=['id'], no_wrap=True, no_location=True, verbosity=0)"
    environment = {"DJANGO_SETTINGS_MODULE": "paritrana.settings.test", "PYTHONPATH": str(copy), "PATH": _path()}
    subprocess.run([sys.executable, "-c", code], cwd=copy, env=environment, check=True)  # noqa: S603 - our own line
    return polib.pofile(str(copy / "locale" / "id" / "LC_MESSAGES" / "django.po"))


def _path() -> str:
    found = shutil.which("xgettext")
    assert found, "GNU gettext is missing: bin/setup installs it"
    return str(Path(found).parent)


def _keys(entries: polib.POFile) -> set[tuple[str, str, str]]:
    return {(one.msgctxt or "", one.msgid, one.msgid_plural or "") for one in entries if not one.obsolete}


def _texts(entry: polib.POEntry) -> Iterator[str]:
    yield from entry.msgstr_plural.values() if entry.msgid_plural else (entry.msgstr,)


def test_every_sentence_of_the_pages_is_in_the_catalogue(extracted: polib.POFile) -> None:
    assert len(extracted) > 300

    assert sorted(_keys(extracted) - _keys(_catalogue())) == []


def test_the_catalogue_holds_nothing_that_no_page_says(extracted: polib.POFile) -> None:
    assert sorted(_keys(_catalogue()) - _keys(extracted)) == []


def test_every_sentence_is_translated_and_none_is_a_guess() -> None:
    entries = [one for one in _catalogue() if not one.obsolete]
    assert entries

    assert [one.msgid for one in entries if not all(text.strip() for text in _texts(one))] == []
    assert [one.msgid for one in entries if one.fuzzy] == []


def test_translations_keep_their_placeholders() -> None:
    """A lost placeholder loses a fact; one that the code does not give breaks the page."""
    broken = []
    for entry in (one for one in _catalogue() if not one.obsolete):
        given = set(_PLACEHOLDER.findall(entry.msgid + (entry.msgid_plural or "")))
        for text in _texts(entry):
            said = set(_PLACEHOLDER.findall(text))
            if not said <= given or (not entry.msgid_plural and said != given):
                broken.append(entry.msgid)

    assert broken == []


def test_the_compiled_catalogue_is_made_from_this_one() -> None:
    """Indonesian has one plural form; the header has to say so, or counted sentences stay English."""
    assert _catalogue().metadata["Plural-Forms"].replace(" ", "").startswith("nplurals=1;plural=0")


def test_paper_needs_no_catalogue() -> None:
    files = list((ROOT / PAPER).rglob("*.html"))
    assert files

    assert [
        file.name for file in files if re.search(r"{%\s*(?:load i18n|translate|blocktranslate)", file.read_text())
    ] == []
