"""What an amendment of minutes quotes, and may not touch: places, titles, totals, votes, attendance, and whose.

Words are compared without regard to capitals and spacing. What was recorded changes only by a step back and a new
decision; a slip of the pen in a name, an office, a place of meeting or a sentence is no record.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import product
from typing import Final

from paritrana.kernel.wording import decimal_number, terbilang_decimal

_ORDINALS: Final = "pertama|kesatu|kedua|ketiga|keempat|kelima|keenam|ketujuh|kedelapan|kesembilan|kesepuluh"
_NUMBERS: Final = "satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh"
#: "peringkat 2", "juara ke-1", "Terbaik III".
PLACE: Final = re.compile(
    rf"\b(?:peringkat|juara|terbaik|urutan|pemenang)\s+(?:ke\s?-?\s?)?(?:\d+|[ivx]+|{_ORDINALS}|{_NUMBERS})\b"
)
NUMBER: Final = re.compile(r"\d+[.,]\d+")
#: What votes, their outcome and attendance are told with, in any form of the word ("menyetujui", "kehadiran").
RECORDED: Final = re.compile(r"setuju|tolak|abstain|suara|hadir|absen|halang|kuorum|lowong|terima|tarik|cabut")
NEGATIONS: Final = frozenset({"tidak", "tak", "belum", "bukan", "tanpa"})
_COUNTED: Final = frozenset({*_NUMBERS.split("|"), "nol", "sebelas", "belas", "puluh", "seratus", "ratus"})
#: After these words a number is a name or an address and counts nothing.
_NAMING: Final = frozenset(
    {"lantai", "ruang", "ruangan", "aula", "gedung", "kamar", "blok", "jalan", "jl", "km", "rt", "rw"}
    | {"pukul", "tanggal", "tahun", "nomor", "no", "pasal", "ayat"}
)
#: Percent of the letters that stay where a name is the same in another spelling; titles may change wholly.
_ALIKE: Final = 60
_TITLE_LENGTH: Final = 3


def touched(
    wrong: str, right: str, *, titles: Collection[str], totals: Collection[Decimal], names: Collection[str]
) -> str:
    """Return the first words of the record that the change from ``wrong`` to ``right`` touches; nothing if none.

    ``titles`` are those that the decision gave, ``totals`` the official scores as printed, ``names`` everybody in the
    result and at the meeting: a name may be spelled otherwise, but not be exchanged for another one, taken out or put
    beside. No number is changed that could be one of votes, seats or places, and no word on votes or attendance.
    """
    told = (_plain(wrong), _plain(right))
    for text in told:
        found = PLACE.search(text)
        if found:
            return found.group()
        named = next((title for title in titles if _holds(text, title)), "") or _total_in(text, totals)
        if named:
            return named
    return _exchanged(*told, names) or _counted(*told) or _said(*told)


def is_quoted(words: str, text: str) -> bool:
    """Whether ``words`` stand in ``text`` one after the other.

    Letters and digits count, not how lines are broken, spaced or hyphenated, nor which signs stand between.
    """
    asked = _letters(words)
    return bool(asked) and asked in _letters(text)


def _letters(text: str) -> str:
    return "".join(sign for sign in _plain(text) if sign.isalnum())


def _words(text: str) -> list[str]:
    return re.findall(r"\d+(?:[.,]\d+)*|[^\W\d]+", text)


def _counted(before: str, after: str) -> str:
    """A number that is in one of the texts alone and names nothing."""
    was, now = (Counter(_numbers(_words(text))) for text in (before, after))
    return next(iter(sorted((was - now) + (now - was))), "")


def _numbers(words: list[str]) -> list[str]:
    return [
        word
        for last, word in zip(["", *words], words, strict=False)
        if (word[0].isdigit() or word in _COUNTED) and last not in _NAMING
    ]


def _said(before: str, after: str) -> str:
    """A word on votes or attendance, or its negation, that is in one of the texts alone."""
    was, now = (Counter(RECORDED.findall(text)) for text in (before, after))
    if was or now:
        was, now = (
            found + Counter(word for word in _words(text) if word in NEGATIONS)
            for found, text in ((was, before), (now, after))
        )
    return next(iter(sorted((was - now) + (now - was))), "")


def _exchanged(before: str, after: str, names: Collection[str]) -> str:
    """A name that takes another one's place, stands beside it, or comes or is gone without being spelled otherwise."""
    was, now = ({name for name in names if _holds(text, name)} for text in (before, after))
    if was ^ now and ((was and now - was) or not _respelled(before, after)):
        return min(was ^ now)
    return _swapped(before, after, names)


def _swapped(before: str, after: str, names: Collection[str]) -> str:
    """A word of one name where a word of another one was: names need not be quoted wholly to be exchanged.

    Where a word stays that several names have, one that is only put beside it or taken away makes another name of it.
    """
    bearers: dict[str, set[str]] = {}
    for name in names:
        for word in _words(_plain(name)):
            bearers.setdefault(word, set()).add(name)
    was, now = (
        {word for word in _words(text) if len(word) > _TITLE_LENGTH and word in bearers} for text in (before, after)
    )
    gone, come, kept = sorted(was - now), sorted(now - was), sorted(was & now)
    for one, other in product(gone, come):
        if bearers[one].isdisjoint(bearers[other]):
            return other
    is_respelled = set(_words(before)) - set(_words(after)) and set(_words(after)) - set(_words(before))
    for one, other in product(kept, [] if is_respelled else gone + come):
        if bearers[one] & bearers[other] and bearers[one] - bearers[other]:
            return other
    return ""


def _respelled(before: str, after: str) -> bool:
    """Whether the words that differ are the same in another spelling, or no more than titles before and after names."""
    was, now = (Counter(_words(text)) for text in (before, after))
    gone, come = (" ".join(words.elements()) for words in (was - now, now - was))
    if all(len(word) <= _TITLE_LENGTH for word in (gone + " " + come).split()):
        return True
    same = sum(block.size for block in SequenceMatcher(None, gone, come, autojunk=False).get_matching_blocks())
    return 200 * same >= _ALIKE * (len(gone) + len(come))


def _plain(text: str) -> str:
    """The words as they are read: without what is not seen, other forms of a letter or digit as the usual one."""
    seen = "".join(sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) != "Cf")
    return " ".join(seen.casefold().split())


def _holds(text: str, words: str) -> bool:
    return bool(words.strip()) and bool(re.search(rf"(?<!\w){re.escape(_plain(words))}(?!\w)", text))


def _total_in(text: str, totals: Collection[Decimal]) -> str:
    """A total that the text prints, in digits or in words."""
    digits = {number.replace(".", ",") for number in NUMBER.findall(text)}
    for total in totals:
        printed = decimal_number(total)
        if printed in digits or _holds(text, terbilang_decimal(total)):
            return printed
    return ""
