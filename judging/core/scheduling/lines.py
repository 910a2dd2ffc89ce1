"""In which line of a JSON text something stands: a person mends a line, not a path."""

import json
import re
from typing import Final

_STEP: Final = re.compile(r"\.?([^.\[\]]+)|\[(\d+)\]")
_BLANK: Final = re.compile(r"[ \t\r\n]*")
_DECODER: Final = json.JSONDecoder()


def line_of(text: str, at: str) -> int:
    """The line, from 1, of what ``at`` (``days[0].sessions[1].start``) names in ``text``, which is JSON.

    As far as the path leads: a missing field is looked for where it should be. An id with a dot or bracket in it ends
    the way sooner, never wrongly.
    """
    where = _skip(text, 0)
    for key, index in _STEP.findall(at):
        found = _item(text, where, int(index)) if index else _member(text, where, key)
        if found is None:
            break
        where = found
    return text.count("\n", 0, where) + 1


def _skip(text: str, where: int) -> int:
    blank = _BLANK.match(text, where)
    return blank.end() if blank else where


def _after(text: str, where: int) -> int:
    """Where the value at ``where`` ends and the blanks after it."""
    return _skip(text, _DECODER.raw_decode(text, where)[1])


def _item(text: str, where: int, index: int) -> int | None:
    if text[where] != "[":
        return None
    where = _skip(text, where + 1)
    while index and text[where] != "]":
        where = _after(text, where)
        where = _skip(text, where + 1) if text[where] == "," else where
        index -= 1
    return None if index or text[where] == "]" else where


def _member(text: str, where: int, key: str) -> int | None:
    """Where the value of ``key`` begins; of a key given twice, the last."""
    if text[where] != "{":
        return None
    found = None
    where = _skip(text, where + 1)
    while text[where] != "}":
        name, end = _DECODER.raw_decode(text, where)
        where = _skip(text, _skip(text, end) + 1)
        found = where if name == key else found
        where = _after(text, where)
        where = _skip(text, where + 1) if text[where] == "," else where
    return found
