"""How Indonesian officials write numbers, dates, times and money.

Pure Python: no Django, no clock, no locale of the machine. Every function gives the same characters
everywhere, because pages, papers, workbooks and the stand-alone verifier must agree to the last digit.
Written forms follow the general spelling guide (EYD V) and the style of official letters:
decimal comma, thousands point, "Senin, 21 Juli 2025", "pukul 09.00 WITA", "Rp5.000,00".
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Final
from zoneinfo import ZoneInfo

Number = int | Decimal | Fraction

DAYS: Final = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS: Final = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
ZONES: Final = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Jayapura": "WIT",
}
TERBILANG_LIMIT: Final = 10**15

_DIGITS: Final = (
    "nol",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
)
_SCALES: Final = (
    (10**15, "kuadriliun"),
    (10**12, "triliun"),
    (10**9, "miliar"),
    (10**6, "juta"),
    (10**3, "ribu"),
    (100, "ratus"),
    (10, "puluh"),
)
_ROMAN: Final = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
# Thousands points are optional but, where they stand, stand before exactly three digits.
_PRINTED: Final = re.compile(r"(?P<sign>-?)(?P<whole>[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+)(?:,(?P<digits>[0-9]+))?")
_EN_DASH: Final = "\N{EN DASH}"


# Numbers in words


def terbilang(number: int) -> str:
    """Return a whole number from 0 to 10^15 in Indonesian words ("seribu dua ratus").

    "satu" melts into "se-" before puluh, belas, ratus and a lone ribu, never before juta and above
    ("satu juta"; "dua puluh satu ribu"). Raises ValueError outside the bounds, TypeError for a bool or
    anything that is not an int.
    """
    if isinstance(number, bool) or not isinstance(number, int):
        raise TypeError(f"terbilang needs an int, not {type(number).__name__}")
    if not 0 <= number <= TERBILANG_LIMIT:
        raise ValueError(f"terbilang writes 0 to 10^15, not {number}")
    return " ".join(_words(number)) or _DIGITS[0]


def terbilang_decimal(number: int | Decimal | str) -> str:
    """Return a printed number in words: "84,74" is "delapan puluh empat koma tujuh empat".

    Rule: the part before the comma is read as a number, the digits after it one by one, trailing zeros
    included, so the words name exactly what is printed ("70,00" is "tujuh puluh koma nol nol").
    Text is read as official paper prints it: comma before decimals, points only between thousands; a
    Decimal is read with the digits it carries. Negative numbers begin with "minus". ValueError otherwise.
    """
    sign, whole, digits = _printed_parts(number)
    words = terbilang(int(whole))
    if digits:
        words = f"{words} koma {' '.join(_DIGITS[int(digit)] for digit in digits)}"
    return f"minus {words}" if sign else words


def roman(number: int) -> str:
    """Return 1 to 3999 as a Roman numeral; official paper counts places as I, II, III."""
    if not 1 <= number <= 3999:
        raise ValueError(f"Roman numerals write 1 to 3999, not {number}")
    parts = []
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        parts.append(letters * count)
    return "".join(parts)


# Numbers in digits


def round_half_up(number: Number, places: int) -> Decimal:
    """Return a number rounded to so many decimal places, halves away from zero, computed exactly.

    No float takes part and no decimal context limits the digits: 87.125 gives 87.13, -0.5 gives -1.
    The answer always carries exactly ``places`` digits after the comma.
    """
    if isinstance(number, (bool, float)):
        raise TypeError("only exact numbers are rounded: int, Decimal or Fraction")
    if places < 0:
        raise ValueError("places counts digits after the comma and is never negative")
    scaled = abs(Fraction(number)) * 10**places
    units = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    digits = tuple(int(digit) for digit in str(units))
    return Decimal((1 if number < 0 and units else 0, digits, -places))


def decimal_number(number: Number, places: int | None = None) -> str:
    """Return a number with thousands points and decimal comma ("5.300", "12,50").

    With ``places`` it is rounded half up to that many digits; without, an int or Decimal is printed with
    the digits it carries and a Fraction is refused (it may have no end).
    """
    if places is not None:
        number = round_half_up(number, places)
    elif isinstance(number, Fraction):
        raise TypeError("a Fraction is printed to a stated number of places")
    sign, whole, digits = _printed_parts(number)
    grouped = f"{int(whole):,}".replace(",", ".")
    return sign + grouped + ("," + digits if digits else "")


def percentage(part: int, whole: int, places: int = 2) -> str:
    """Return what ``part`` is of ``whole`` in percent ("34,90%"), exact from the counts, half up.

    A typed percentage is never taken for truth; counts are. Raises ValueError for negative counts and
    when nothing is there to be a part of.
    """
    if part < 0 or whole <= 0:
        raise ValueError("a percentage needs a count of zero or more out of a count above zero")
    return decimal_number(Fraction(part * 100, whole), places) + "%"


def rupiah(amount: Number, places: int = 2) -> str:
    """Return money as official paper writes it: "Rp5.000,00", with no space after Rp."""
    text = decimal_number(amount, places)
    return f"-Rp{text[1:]}" if text.startswith("-") else f"Rp{text}"


# Dates


def day_name(day: date) -> str:
    """Return the name of the day of the week ("Senin")."""
    return DAYS[day.weekday()]


def long_date(day: date) -> str:
    """Return "21 Juli 2025"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def long_day_date(day: date) -> str:
    """Return "Senin, 21 Juli 2025"."""
    return f"{day_name(day)}, {long_date(day)}"


def date_in_words(day: date) -> str:
    """Return the date as minutes open with it.

    "Senin tanggal dua puluh satu bulan Juli tahun dua ribu dua puluh lima".
    """
    month = MONTHS[day.month - 1]
    return f"{day_name(day)} tanggal {terbilang(day.day)} bulan {month} tahun {terbilang(day.year)}"


def date_range(first: date, last: date) -> str:
    """Return a span of days, naming month and year once where they are the same.

    "24-26 Juni 2025", "30 Juni-2 Juli 2025", "30 Desember 2025-2 Januari 2026" (with en dashes).
    One day gives that day. Raises ValueError when the last day is before the first.
    """
    first, last = _plain_day(first), _plain_day(last)
    if last < first:
        raise ValueError("the last day of a range is before the first")
    if first == last:
        return long_date(last)
    if (first.year, first.month) == (last.year, last.month):
        start = str(first.day)
    elif first.year == last.year:
        start = f"{first.day} {MONTHS[first.month - 1]}"
    else:
        start = long_date(first)
    return start + _EN_DASH + long_date(last)


# Times of day


def zone_label(zone: str) -> str:
    """Return WIB, WITA or WIT for an IANA zone of Indonesia; ValueError for any other zone."""
    try:
        return ZONES[zone]
    except KeyError:
        raise ValueError(f"not a time zone of Indonesia: {zone}") from None


def clock_time(moment: datetime, zone: str) -> str:
    """Return a moment as clock time in a zone: "pukul 09.00 WITA". The moment must be aware."""
    return f"pukul {_hour_minute(moment, zone)} {zone_label(zone)}"


def clock_time_exact(moment: datetime, zone: str) -> str:
    """Return a moment to the second, for what is refreshed while one looks: "pukul 10.42.10 WITA"."""
    return f"pukul {_local(moment, zone).strftime('%H.%M.%S')} {zone_label(zone)}"


def time_range(start: datetime, end: datetime, zone: str) -> str:
    """Return a span of time: "pukul 09.00-14.20 WITA" (with an en dash).

    One that ends on another local day names it: "pukul 23.30-00.30 WITA (25 Juni)", with the year where it is another.
    Raises ValueError when it does not end after it starts.
    """
    first, last = _hour_minute(start, zone), _hour_minute(end, zone)
    if end <= start:
        raise ValueError("a time range must end after it starts")
    span = f"pukul {first}{_EN_DASH}{last} {zone_label(zone)}"
    first_day, last_day = local_day(start, zone), local_day(end, zone)
    if first_day == last_day:
        return span
    named = long_date(last_day) if last_day.year != first_day.year else f"{last_day.day} {MONTHS[last_day.month - 1]}"
    return f"{span} ({named})"


def minute_range(start: int, end: int, zone: str) -> str:
    """Return a span of a day, in minutes since midnight: "pukul 08.00-11.30 WITA" (with an en dash)."""
    return f"pukul {minute_text(start)}{_EN_DASH}{minute_text(end)} {zone_label(zone)}"


def minute_text(minutes: int) -> str:
    """Return minutes since midnight as clock time: "08.00"; midnight at the end of a day is "24.00"."""
    return f"{minutes // 60:02d}.{minutes % 60:02d}"


def date_time(moment: datetime, zone: str) -> str:
    """Return "Senin, 21 Juli 2025, pukul 09.00 WITA" for an aware moment."""
    return f"{long_day_date(local_day(moment, zone))}, {clock_time(moment, zone)}"


def local_day(moment: datetime, zone: str) -> date:
    """Return the calendar day on which an aware moment falls in an Indonesian zone."""
    return _local(moment, zone).date()


def _words(number: int) -> list[str]:
    if number < 10:
        return [_DIGITS[number]] if number else []
    if number < 20:
        return {10: ["sepuluh"], 11: ["sebelas"]}.get(number) or [
            _DIGITS[number - 10],
            "belas",
        ]
    size, name = next(scale for scale in _SCALES if number >= scale[0])
    count, rest = divmod(number, size)
    # Only "seribu" and "seratus" are one word; "satu juta" and above stay two.
    head = [f"se{name}"] if count == 1 and size in (100, 1000) else [*_words(count), name]
    return head + _words(rest)


def _printed_parts(number: int | Decimal | str) -> tuple[str, str, str]:
    """Split a number into sign, whole digits and the digits after the comma, as they are printed."""
    if isinstance(number, (bool, float)):
        raise TypeError("only exact numbers are written: int, Decimal or printed text")
    if isinstance(number, Decimal):
        if not number.is_finite():
            raise ValueError(f"not a number: {number}")
        text = format(number, "f").replace(".", ",")
    else:
        text = str(number).strip()
    if (match := _PRINTED.fullmatch(text)) is None:
        raise ValueError(f"not a number as official paper prints it: {number}")
    whole, digits = match["whole"].replace(".", ""), match["digits"] or ""
    sign = "-" if match["sign"] and (whole + digits).strip("0") else ""
    return sign, whole, digits


def _plain_day(day: date) -> date:
    return day.date() if isinstance(day, datetime) else day


def _local(moment: datetime, zone: str) -> datetime:
    zone_label(zone)
    if moment.tzinfo is None:
        raise ValueError("a time without a zone cannot be printed")
    return moment.astimezone(ZoneInfo(zone))


def _hour_minute(moment: datetime, zone: str) -> str:
    return _local(moment, zone).strftime("%H.%M")
