"""When are two texts the same name, and which region does a text mean?"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

_SPACES = re.compile(r"\s+")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", '"': "'", "“": "'", "”": "'"})
_PUNCTUATION = re.compile(r"[.,;:()\[\]/_-]+")
_SHORT_FORMS = {"kab": "kabupaten", "kel": "kelurahan", "kec": "kecamatan", "prov": "provinsi"}
_CODE = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?")


class CellRefused(Exception):
    """A cell cannot mean anything; ``code`` and ``facts`` say why, a sentence of ``messages.py`` what to do."""

    def __init__(self, code: str, **facts: str | int) -> None:
        self.code, self.facts = code, facts
        super().__init__(code)


def cleaned(text: str) -> str:
    """Return ``text`` in composed form, without invisible characters, with single spaces.

    Format characters go (zero-width, direction marks), controls become spaces, no-break spaces ordinary ones.
    """
    composed = unicodedata.normalize("NFKC", text)
    visible = (
        " " if unicodedata.category(character) == "Cc" else character
        for character in composed
        if unicodedata.category(character) != "Cf"
    )
    return _SPACES.sub(" ", "".join(visible)).strip()


def name_key(text: str) -> str:
    """Return what equal names share: no case, no punctuation, one kind of apostrophe ("PT. Aba" is "pt aba")."""
    return _SPACES.sub(" ", _PUNCTUATION.sub(" ", cleaned(text).casefold().translate(_APOSTROPHES))).strip()


def _region_key(text: str) -> str:
    """As :func:`name_key`, with the usual short forms written out ("Kab. Kupang")."""
    first, _, rest = name_key(text).partition(" ")
    return f"{_SHORT_FORMS.get(first, first)} {rest}".strip()


@dataclass(frozen=True, slots=True)
class Place:
    """A region as the import sees it; ``name`` with its prefix, ``within`` the full names of what contains it."""

    code: str
    name: str
    bare_name: str
    kind: str
    within: tuple[str, ...] = ()

    @property
    def described(self) -> str:
        """Name and code, enough to tell it from any other: "Kota Kupang (53.71)"."""
        return f"{self.name} ({self.code})"


class Gazetteer:
    """Finds regions by code or by full name with prefix; a bare name is refused with the names it could mean."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._by_code: dict[str, Place] = {}
        self._by_name: defaultdict[str, list[Place]] = defaultdict(list)
        self._by_bare: defaultdict[str, list[Place]] = defaultdict(list)
        for place in places:
            self._by_code[place.code] = place
            self._by_name[_region_key(place.name)].append(place)
            self._by_bare[name_key(place.bare_name)].append(place)

    def at(self, code: str) -> Place | None:
        """Return the region of ``code``, if it is known here."""
        return self._by_code.get(code)

    def find(self, text: str, *, within: str = "") -> Place:
        """Return the one region that ``text`` means; ``within`` may name a region around it.

        Raises :class:`CellRefused`: ``import_region_unknown``, ``import_region_ambiguous`` (several of that full
        name), ``import_region_elsewhere`` (none of them in ``within``) or ``import_region_without_prefix`` ("Kupang"
        could be Kabupaten Kupang or Kota Kupang).
        """
        wanted = cleaned(text)
        if _CODE.fullmatch(wanted):
            if place := self._by_code.get(wanted):
                return place
            raise CellRefused("import_region_unknown", text=wanted[:80])
        named = self._by_name.get(_region_key(wanted), [])
        around = _region_key(within)
        found = [place for place in named if not around or around in map(_region_key, place.within)]
        if len(found) == 1:
            return found[0]
        if found:
            raise CellRefused("import_region_ambiguous", text=wanted[:80], choices=_listed(found))
        if named:
            raise CellRefused("import_region_elsewhere", text=wanted[:80], within=within[:80], choices=_listed(named))
        bare = self._by_bare.get(name_key(wanted), [])
        if bare:
            raise CellRefused("import_region_without_prefix", text=wanted[:80], choices=_listed(bare))
        raise CellRefused("import_region_unknown", text=wanted[:80])


def _listed(places: list[Place]) -> str:
    shown = ", ".join(place.described for place in places[:4])
    return f"{shown}, …" if len(places) > 4 else shown
