"""The same exact numbers in bulk: many tabulations of one problem, or very many nominees at once (NumPy integers).

Equal to ``tabulate`` bit for bit; no binary floating point here either.
"""

from .packed import Marks, Totals, totals, unpack
from .runs import BulkResult, Compiled, compile  # noqa: A004 - reads as re.compile does

__all__ = ["BulkResult", "Compiled", "Marks", "Totals", "compile", "totals", "unpack"]
