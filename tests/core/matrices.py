"""Seat by nominee matrices for the tests of agreement and bias."""

import json
from fractions import Fraction

import numpy as np
from hypothesis import strategies as st

from judging.core.seat_totals import SeatTotals

from .documents import GOLDEN

STATISTICS = json.loads((GOLDEN / "statistics.json").read_text(encoding="utf-8"))


def rows_of(columns):
    """Rows (nominees) of golden columns (seats): exact numbers, None for a gap."""
    return [[None if mark is None else Fraction(mark) for mark in row] for row in zip(*columns, strict=True)]


def totals_of(rows):
    """Rows of marks, nominee by nominee (None: no sheet), as the matrix of a panel-only rubric."""
    seats = tuple(f"s{index}" for index in range(len(rows[0])))
    nominees = tuple(f"n{index:02}" for index in range(len(rows)))
    totals = {
        (seat, nominee): Fraction(mark)
        for nominee, row in zip(nominees, rows, strict=True)
        for seat, mark in zip(seats, row, strict=True)
        if mark is not None
    }
    return SeatTotals(seats, nominees, totals, Fraction(100), dict.fromkeys(nominees, Fraction(100)))


def array_of(rows):
    return totals_of(rows).array()


def complete(seed, nominees=10, seats=5):
    """A panel without gaps: merit, severity and noise, in whole marks."""
    rng = np.random.default_rng(seed)
    merit, leniency = rng.normal(75, 6, (nominees, 1)), rng.normal(0, 4, (1, seats))
    return np.clip(merit + leniency + rng.normal(0, 5, (nominees, seats)), 0, 100).round().astype(int).tolist()


@st.composite
def gappy(draw):
    """Any small panel: gaps, one seat, one nominee, all equal, nothing at all."""
    nominees, seats = draw(st.integers(1, 7)), draw(st.integers(1, 5))
    mark = draw(
        st.sampled_from(
            [
                st.just(80),
                st.integers(79, 80),
                st.integers(0, 100),
                st.fractions(min_value=0, max_value=100, max_denominator=7),
            ]
        )
    )
    cell = draw(st.sampled_from([mark, st.one_of(st.none(), mark), st.one_of(st.none(), st.none(), mark)]))
    return draw(st.lists(st.lists(cell, min_size=seats, max_size=seats), min_size=nominees, max_size=nominees))


def numbers_in(found):
    """Every float in dataclasses, mappings and sequences, however deep."""
    if isinstance(found, float):
        yield found
    elif isinstance(found, dict):
        for value in found.values():
            yield from numbers_in(value)
    elif isinstance(found, (list, tuple)):
        for value in found:
            yield from numbers_in(value)
    elif hasattr(found, "__dataclass_fields__"):
        for name in found.__dataclass_fields__:
            yield from numbers_in(getattr(found, name))
