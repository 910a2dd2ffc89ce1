"""Marks for the tests of the panel methods."""

from fractions import Fraction

from judging.core.aggregation import PanelSettings

SETTINGS = PanelSettings(trim=1, trim_min_n=5)


def marks(*values):
    return {f"s{index}": Fraction(value) for index, value in enumerate(values)}
