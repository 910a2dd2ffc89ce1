"""Severity of the seats: measured and shown beside the official result, never instead of it."""

from .additive import AdditiveFit, additive
from .adjusted import Adjusted, adjusted_totals, z_scores
from .connectedness import Component, Connectedness, connectedness, connectedness_of
from .effects import SectorEffect, Slope, drift, own_sector_effect
from .profiles import SeatProfile, profiles

__all__ = [
    "AdditiveFit",
    "Adjusted",
    "Component",
    "Connectedness",
    "SeatProfile",
    "SectorEffect",
    "Slope",
    "additive",
    "adjusted_totals",
    "connectedness",
    "connectedness_of",
    "drift",
    "own_sector_effect",
    "profiles",
    "z_scores",
]
