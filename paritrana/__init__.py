"""Scoring and judging of Paritrana-style award competitions."""

__version__ = "0.1.0"
