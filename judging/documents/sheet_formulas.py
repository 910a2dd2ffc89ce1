"""The arithmetic of the rules as spreadsheet formulas: each function returns the text of a formula or a part of one.

Only functions that Excel 2010, LibreOffice and Google Sheets share, no array formulas. References are given as text.
A spreadsheet computes in binary: a number is rounded after a hundred-billionth was added, so that an exact half that
came out as 0.4999... rounds as the half that it is (docs/formats.md).
"""

from collections.abc import Sequence
from typing import Final

SAFE_DIGITS: Final = 10
"""Decimals to which a total is trusted: what binary arithmetic loses lies three digits behind."""
NOISE: Final = "0.00000000001"
"""More than binary arithmetic loses on a total of up to 100, less than two different totals differ by."""

NOT_APPLICABLE: Final = "Tidak berlaku"
TOO_FEW: Final = "Kurang nilai"
MISSING: Final = "Belum ada"
INCOMPLETE: Final = "Belum lengkap"
OUTSIDE: Final = "Di luar peringkat"
YES, NO = "ya", "tidak"


def text(words: str) -> str:
    """A word inside a formula."""
    return '"' + words.replace('"', '""') + '"'


def panel_value(method: str, cells: str, count: str, *, trim: int, trim_from: str, most: int) -> str:
    """The panel method over a range in which only numbers are marks; ``count`` is how many there are.

    ``trim_from``: the cell with the number of marks from which the trim applies; ``most``: the seats of the range.
    """
    if method == "median":
        return f"MEDIAN({cells})"
    if method == "mean" or not trim or 2 * trim >= most:
        return f"AVERAGE({cells})"
    ends = "".join(f"-LARGE({cells},{nth})-SMALL({cells},{nth})" for nth in range(1, trim + 1))
    return f"IF({count}>={trim_from},(SUM({cells}){ends})/({count}-{2 * trim}),AVERAGE({cells}))"


def clamped(number: str) -> str:
    """Held between 0 and 100."""
    return f"MAX(0,MIN(100,{number}))"


def scaled(mark: str, low: str, high: str, normalise: str) -> str:
    """A mark on 0 to 100 by its scale."""
    if normalise == "range":
        return clamped(f"({mark}-{low})*100/({high}-{low})")
    return clamped(f"{mark}*100/{high}")


def linear(figure: str, low: str, high: str) -> str:
    """0 at ``low``, 100 at ``high``."""
    return clamped(f"({figure}-{low})*100/({high}-{low})")


def piecewise(figure: str, figures: tuple[str, str], scores: tuple[str, str]) -> str:
    """Straight lines between knots; ``figures`` and ``scores`` name the first and last cell of their columns."""
    (x_first, x_last), (y_first, y_last) = figures, scores
    if x_first == x_last:
        return clamped(y_first)
    x, y = f"{x_first}:{x_last.rpartition('!')[2]}", f"{y_first}:{y_last.rpartition('!')[2]}"
    at = f"MATCH({figure},{x},1)"
    x_left, x_right = f"INDEX({x},{at})", f"INDEX({x},{at}+1)"
    y_left, y_right = f"INDEX({y},{at})", f"INDEX({y},{at}+1)"
    between = f"{y_left}+({y_right}-{y_left})*({figure}-{x_left})/({x_right}-{x_left})"
    return clamped(f"IF({figure}<={x_first},{y_first},IF({figure}>={x_last},{y_last},{between}))")


def step(figure: str, below: str, thresholds: tuple[str, str], scores: tuple[str, str]) -> str:
    """The score of the last threshold that is reached, else ``below``."""
    x = f"{thresholds[0]}:{thresholds[1].rpartition('!')[2]}"
    y = f"{scores[0]}:{scores[1].rpartition('!')[2]}"
    return clamped(f"IF({figure}<{thresholds[0]},{below},INDEX({y},MATCH({figure},{x},1)))")


def minmax(figure: str, peers: str, all_equal: str, better: str) -> str:
    """The place between the worst and the best figure of ``peers``."""
    gap = f"{figure}-MIN({peers})" if better == "high" else f"MAX({peers})-{figure}"
    return clamped(f"IF(MAX({peers})=MIN({peers}),{all_equal},({gap})*100/(MAX({peers})-MIN({peers})))")


def rounded(number: str, digits: str, places: int, mode: str) -> str:
    """``number`` (never negative) to ``places`` decimals, which the cell ``digits`` holds."""
    if places > SAFE_DIGITS:
        return f"({number})"
    above = f"{number}+{NOISE}"
    if mode == "half_even":
        # An exact half above an even number is the one case in which half-even and half-up part.
        half = f"ABS(MOD(({number})*10^{digits},2)-0.5)<{NOISE}*10^{digits}"
        return f"IF({half},ROUNDDOWN({above},{digits}),ROUND({above},{digits}))"
    if mode == "up":
        return f"ROUNDUP(MAX(0,{number}-{NOISE}),{digits})"
    return f"{'ROUND' if mode == 'half_up' else 'ROUNDDOWN'}({above},{digits})"


def divisor(weights: Sequence[tuple[str, str]]) -> str:
    """The sum of the weights of the children that apply; pairs (weight, score)."""
    return "+".join(f"IF({score}={text(NOT_APPLICABLE)},0,{weight})" for weight, score in weights)


def place(score: str, scores: str, style: str, *, distinct: str, before: str) -> str:
    """The place of ``score`` among ``scores``, the texts among which have none.

    ``distinct``: a range that holds every score once (style 1223); ``before``: the scores of the rows above (1234).
    """
    standard = f"RANK({score},{scores},0)"
    found = {
        "1224": standard,
        "1334": f"{standard}+COUNTIF({scores},{score})-1",
        "1223": f"RANK({score},{distinct},0)",
        "1234": f"{standard}+COUNTIF({before},{score})-1",
        "fractional": f"{standard}+(COUNTIF({scores},{score})-1)/2",
    }[style]
    return f"IF(ISNUMBER({score}),{found},{text('')})"
