"""How people type marks: decimal comma or point, thousands point. One reading for forms and for workbooks."""

import re

_GROUPED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?")


def typed_text(text: str) -> str:
    """Return ``text`` without thousands points: ``1.234,5`` is ``1234,5`` and ``1.000`` is a thousand, never one.

    A point before exactly three digits stands between thousands, as everywhere in Indonesia; a mark such as ``87.125``
    is thereby refused as outside its scale, not taken for something it may not be. All else stays as typed.
    """
    bare = text.strip()
    return bare.replace(".", "") if _GROUPED.fullmatch(bare) else bare
