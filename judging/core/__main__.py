"""Tabulate documents of the open format without the product.

python -m judging.core FILE.json [--trace]     one document in, one answer out, exit 0 (refused: exit 2)
python -m judging.core --lines [--trace] < IN  JSON lines {"id", "input"} -> {"id", "output"}, never stops
"""

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TextIO

from . import package
from .reading import Json, JsonObject, json_object, mapping
from .refusals import Malformed, Refusal
from .tabulation import tabulate

USAGE = "usage: python -m judging.core FILE.json [--trace] | --lines [--trace] < IN"
REFUSED = 2
_DECODER = json.JSONDecoder(object_pairs_hook=json_object)


def _parse(text: str) -> Json:
    """JSON text; raises ``Malformed``."""
    try:
        return _DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        raise Malformed("", f"this is not JSON that can be read: {error}") from None


def _answer(document: Json, *, trace: bool) -> dict[str, Json]:
    """The answer to one document; raises ``Refusal``."""
    try:
        return package.answer(tabulate(package.read(document)), trace=trace)
    except (RecursionError, ValueError) as error:
        # Only nesting or digits beyond what the interpreter handles get here; everything else is read and refused.
        raise Malformed("", f"this document is too deep or its numbers are too long: {error}") from None


def _refusal(refusal: Refusal) -> dict[str, Json]:
    return {"error": refusal.code, "at": refusal.at, "message": refusal.message}


def one_file(path: str, out: TextIO, answer: Callable[[Json], dict[str, Json]]) -> int:
    """Read a single file and print what ``answer`` makes of its document, or the refusal; the exit status."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        print(f"{path} cannot be opened: {error.strerror}", file=sys.stderr)
        return REFUSED
    except UnicodeDecodeError:
        print(json.dumps(_refusal(Malformed("", "the file is not UTF-8 text"))), file=out)
        return REFUSED
    try:
        found, status = answer(_parse(text)), 0
    except Refusal as refusal:
        found, status = _refusal(refusal), REFUSED
    print(json.dumps(found, indent=1), file=out)
    return status


def _line(raw: bytes, *, trace: bool) -> dict[str, Json]:
    """One line in, one line out."""
    name: Json = None
    try:
        request = mapping(_parse(raw.decode("utf-8-sig", "replace")), "")
        name = request.get("id")
        _check_request(raw, request)
        return {"id": name, "output": _answer(request["input"], trace=trace)}
    except Refusal as refusal:
        return {"id": name, "output": _refusal(refusal)}


def _check_request(raw: bytes, request: Mapping[str, Json]) -> None:
    """Refuse a line that is not UTF-8 (what is read of it is a guess), has a key twice or no input."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Malformed("", "the line is not UTF-8 text") from None
    if isinstance(request, JsonObject) and request.repeated is not None:
        raise Malformed(request.repeated, "this key is given twice")
    if "input" not in request:
        raise Malformed("input", "a line holds id and input")


def _lines(source: Iterable[bytes], out: TextIO, *, trace: bool) -> int:
    """JSON lines, answered one by one as they come."""
    for raw in source:
        if raw.strip():
            print(json.dumps(_line(raw, trace=trace)), file=out, flush=True)
    return 0


def main(arguments: Sequence[str]) -> int:
    """Run with the command line's arguments; the exit status."""
    trace = "--trace" in arguments
    rest = [argument for argument in arguments if argument != "--trace"]
    if rest == ["--lines"]:
        return _lines(sys.stdin.buffer, sys.stdout, trace=trace)
    if len(rest) != 1 or rest[0].startswith("--"):
        print(USAGE, file=sys.stderr)
        return REFUSED
    return one_file(rest[0], sys.stdout, partial(_answer, trace=trace))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
