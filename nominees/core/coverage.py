"""Coverage from counts: participants out of those who could be; a percentage is computed, never typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from .codelists import BUSINESS, GOVERNMENT, VILLAGE


@dataclass(frozen=True, slots=True)
class Indicator:
    """A counted indicator: the rubric leaf that it feeds, and what is counted out of what (Indonesian)."""

    criterion: str
    count_label: str
    base_label: str


_COVERAGE = Indicator("cakupan", "Peserta aktif", "Penduduk bekerja")
_COMPLIANCE = Indicator("kepatuhan", "Pekerja terdaftar", "Jumlah pekerja")

#: The indicator that the import workbook asks for, by kind of nominee.
INDICATOR_OF: Mapping[str, Indicator] = {GOVERNMENT: _COVERAGE, VILLAGE: _COVERAGE, BUSINESS: _COMPLIANCE}


def ratio(count: int, base: int) -> Fraction:
    """Return ``count / base`` exactly, between 0 and 1.

    Raises ``ValueError`` when the counts cannot be: ``base`` below 1, ``count`` negative or above ``base``.
    """
    if base < 1 or not 0 <= count <= base:
        raise ValueError(f"{count} out of {base} is not a part of a whole.")
    return Fraction(count, base)


def counts_fit(count: int, base: int) -> bool:
    """Whether ``count`` out of ``base`` can be."""
    return base >= 1 and 0 <= count <= base
