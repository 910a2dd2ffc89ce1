"""What a certificate is given: its words, and the design that it is issued in. Frozen, plain, complete."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from .data import Paper, Signature

Frame = Literal["braid", "songket", "modern", "own"]
Orientation = Literal["landscape", "portrait"]

#: The accents that a design may have, dark enough to be read on white (at least 4.5 : 1): gold, copper, maroon, green,
#: blue, violet. The style sheet has a class for each.
ACCENTS = ("#8a6d1d", "#8c3b1f", "#7a1f2b", "#1f5c46", "#1f4e79", "#5b2f6b")
LARGEST_LOGOS = 3


@dataclass(frozen=True, kw_only=True)
class Design:
    """How certificates look. Pictures are PNG; ``background`` belongs to the frame ``own`` and to no other.

    ``room_for_signature`` leaves a marked space in the last signature block for a signature made elsewhere.
    """

    frame: Frame = "braid"
    orientation: Orientation = "landscape"
    paper: Paper = "A4"
    colour: str = "#8a6d1d"
    background: bytes = field(default=b"", repr=False)
    logos: tuple[bytes, ...] = field(default=(), repr=False)
    room_for_signature: bool = False

    def __post_init__(self) -> None:
        if not re.fullmatch(r"#[0-9a-f]{6}", self.colour):
            raise ValueError("a colour is written #rrggbb in small letters")
        if bool(self.background) != (self.frame == "own"):
            raise ValueError("a picture of a frame belongs to the frame that is one's own")
        if len(self.logos) > LARGEST_LOGOS:
            raise ValueError("a certificate carries at most three logos")


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """One piagam: who gets it, as what (``award``), for what (``category``), in which edition.

    ``wording`` stands between the name and ``award``. ``check_address`` is the full public address that the QR code
    holds; ``check_code`` the same code for a person to type. One to three signature blocks; the place and date stand
    above the last one.
    """

    issuing_body: str
    number: str
    recipient: str
    award: str
    category: str
    edition: str
    place: str
    day: date
    signatures: tuple[Signature, ...]
    check_code: str
    check_address: str
    demo_mark: str = ""
    heading: str = "PIAGAM PENGHARGAAN"
    wording: str = "sebagai"
    design: Design = Design()

    def __post_init__(self) -> None:
        if not 1 <= len(self.signatures) <= 3:
            raise ValueError("a certificate carries one to three signature blocks")
