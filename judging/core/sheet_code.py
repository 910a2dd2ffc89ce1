"""The code of a paper score sheet: which seat, which nominee, by which rubric. No secret, nobody's name."""

import re
from dataclasses import dataclass
from typing import Final

#: So many characters of the rubric's hash are printed: enough to tell versions apart.
RUBRIC_DIGITS: Final = 8
_CODE: Final = re.compile(
    r"(?P<scope>[0-9]{4}/[0-9a-z]+(?:-latihan-[1-9][0-9]{0,3})?)/(?P<seat>[-\w]+)/(?P<number>[1-9][0-9]{0,8})/(?P<rubric>[0-9a-f]{8})",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class SheetCode:
    """``scope`` of the round, code of the seat, number of the nomination, start of the rubric version's hash.

    The same sheet has the same code on every print; another version of the rubric gives another code, so that marks
    written on an outdated sheet are noticed when they are typed in.
    """

    scope: str
    seat: str
    number: int
    rubric: str

    def __str__(self) -> str:
        """Return the printed form: ``2024/53/apindo/12/3f9a1c07``."""
        return f"{self.scope}/{self.seat}/{self.number}/{self.rubric[:RUBRIC_DIGITS]}"

    def is_by(self, rubric_hash: str) -> bool:
        """Whether the sheet was printed from the rubric version with this hash."""
        return rubric_hash.startswith(self.rubric)


def read_code(text: str) -> SheetCode | None:
    """Return what a scanned or typed code names, or ``None`` when it can be none; spaces do not matter."""
    match = _CODE.fullmatch("".join(text[:200].split()))
    if match is None:
        return None
    return SheetCode(match["scope"], match["seat"], int(match["number"]), match["rubric"])
