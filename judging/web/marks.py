"""How people type marks, and how they read them: decimal comma, thousands point."""

import re
from fractions import Fraction

from judging.core.numbers import plain
from judging.core.typed_marks import typed_text

__all__ = ["shown", "typed_text"]

_DECIMAL = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def shown(value: str | Fraction) -> str:
    """Return a mark as it is read, and typed again: ``82.5`` is ``82,5``; what is no number stays as it was typed."""
    text = plain(value) if isinstance(value, Fraction) else value
    return text.replace(".", ",") if _DECIMAL.fullmatch(text) else text
