"""What an amendment of minutes may not touch: places, titles, totals, and who holds them.

Words are compared without regard to capitals and spacing. What is told of a result changes only by a step back and a
new decision; a slip of the pen in a name or a place of meeting is no result.
"""

import re
import unicodedata
from collections.abc import Collection
from decimal import Decimal
from typing import Final

from paritrana.kernel.wording import decimal_number, terbilang_decimal

_ORDINALS: Final = "pertama|kesatu|kedua|ketiga|keempat|kelima|keenam|ketujuh|kedelapan|kesembilan|kesepuluh"
_NUMBERS: Final = "satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh"
#: "peringkat 2", "juara ke-1", "Terbaik III".
PLACE: Final = re.compile(
    rf"\b(?:peringkat|juara|terbaik|urutan|pemenang)\s+(?:ke\s?-?\s?)?(?:\d+|[ivx]+|{_ORDINALS}|{_NUMBERS})\b"
)
NUMBER: Final = re.compile(r"\d+[.,]\d+")


def touched(
    wrong: str, right: str, *, titles: Collection[str], totals: Collection[Decimal], names: Collection[str]
) -> str:
    """Return the first words of the result that the change from ``wrong`` to ``right`` touches; nothing if none.

    ``titles`` are those that the decision gave, ``totals`` the official scores as printed, ``names`` everybody in the
    result: a name may be written rightly at last, but not be exchanged for another one, taken out or put beside.
    """
    told = (_plain(wrong), _plain(right))
    for text in told:
        found = PLACE.search(text)
        if found:
            return found.group()
        named = next((title for title in titles if _holds(text, title)), "") or _total_in(text, totals)
        if named:
            return named
    before, after = ({name for name in names if _holds(text, name)} for text in told)
    return next(iter(sorted(before ^ after)), "") if before else ""


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
